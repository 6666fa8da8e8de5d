import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'react-router';
import type { Filters } from '../api/games';
import { useSession } from '../session/SessionGate';
import styles from './GameFilters.module.css';
import { statuses, statusNames } from './gameStatus';

const typingMilliseconds = 300;

interface GameFiltersProps {
  filters: Filters;
  onChange: (change: Partial<Filters>) => void;
}

export function GameFilters({ filters, onChange }: GameFiltersProps) {
  const { guilds } = useSession();
  const { key } = useLocation();
  const [text, setText] = useState(filters.text);
  const typing = useRef<number>(undefined);
  const isOwnChange = useRef(false);

  // A filter that the member chooses is applied at once, together with the text that was typed before.
  const change = (changes: Partial<Filters>) => {
    clearTimeout(typing.current);
    isOwnChange.current = true;
    onChange({ text, ...changes });
  };

  const latest = useRef(change);
  useEffect(() => {
    latest.current = change;
  });

  const type = (value: string) => {
    setText(value);
    clearTimeout(typing.current);
    typing.current = window.setTimeout(() => latest.current({}), typingMilliseconds);
  };

  // A navigation, such as Back, replaces the text that the member is typing.
  const lastKey = useRef(key);
  useEffect(() => {
    if (lastKey.current === key) return;
    lastKey.current = key;
    if (!isOwnChange.current) {
      clearTimeout(typing.current);
      setText(filters.text);
    }
    isOwnChange.current = false;
  }, [key, filters.text]);

  useEffect(() => () => clearTimeout(typing.current), []);

  return (
    <form role="search" aria-label="Find games" className={styles.filters} onSubmit={(event) => event.preventDefault()}>
      <label className={styles.text}>
        <span>Title</span>
        <input
          type="search"
          dir="auto"
          value={text}
          placeholder="Any title"
          maxLength={RULES.maxFilterLength}
          onChange={(event) => type(event.target.value)}
        />
      </label>
      <label>
        <span>Guild</span>
        <select value={filters.guild_id} onChange={(event) => change({ guild_id: event.target.value })}>
          <option value="">All guilds</option>
          {guilds.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Status</span>
        <select value={filters.status} onChange={(event) => change({ status: event.target.value })}>
          <option value="">Any status</option>
          {statuses.map((status) => (
            <option key={status} value={status}>
              {statusNames[status]}
            </option>
          ))}
        </select>
      </label>
    </form>
  );
}
