import { useEffect, useRef, useState } from 'react';
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
  const [text, setText] = useState(filters.text);

  const typing = useRef<number>(undefined);

  const type = (value: string) => {
    setText(value);
    clearTimeout(typing.current);
    typing.current = window.setTimeout(() => {
      typing.current = undefined;
      onChange({ text: value });
    }, typingMilliseconds);
  };

  // The address was changed from elsewhere, unless somebody is typing.
  useEffect(() => {
    if (typing.current === undefined) setText(filters.text);
  }, [filters.text]);

  useEffect(() => () => clearTimeout(typing.current), []);

  return (
    <form role="search" aria-label="Games" className={styles.filters} onSubmit={(event) => event.preventDefault()}>
      <label className={styles.text}>
        <span>Title</span>
        <input type="search" value={text} placeholder="Any" onChange={(event) => type(event.target.value)} />
      </label>
      <label>
        <span>Guild</span>
        <select value={filters.guild_id} onChange={(event) => onChange({ guild_id: event.target.value })}>
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
        <select value={filters.status} onChange={(event) => onChange({ status: event.target.value })}>
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
