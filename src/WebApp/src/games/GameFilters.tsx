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
  const isOwn = useRef(false);

  // What is typed has to wait, and goes along with what is chosen meanwhile.
  const change = (changes: Partial<Filters>) => {
    clearTimeout(typing.current);
    isOwn.current = true;
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

  // An address that was changed from elsewhere counts more than what is being typed.
  const seen = useRef(key);
  useEffect(() => {
    if (seen.current === key) return;
    seen.current = key;
    if (!isOwn.current) {
      clearTimeout(typing.current);
      setText(filters.text);
    }
    isOwn.current = false;
  }, [key, filters.text]);

  useEffect(() => () => clearTimeout(typing.current), []);

  return (
    <form role="search" aria-label="Games" className={styles.filters} onSubmit={(event) => event.preventDefault()}>
      <label className={styles.text}>
        <span>Title</span>
        <input type="search" dir="auto" value={text} placeholder="Any" maxLength={RULES.maxFilterLength} onChange={(event) => type(event.target.value)} />
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
