import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import type { Filters, Status } from '../api/games';
import { useSession } from '../session/SessionGate';
import { statuses } from './gameStatus';

/** The filters of the list, kept in the address so that they can be bookmarked and shared: what is none of the reader's guilds, or no status, is left out of account. */
export function useFilters(): [Filters, (change: Partial<Filters>) => void] {
  const [params, setParams] = useSearchParams();
  const { guilds } = useSession();
  const asked = (name: keyof Filters) => params.get(name) ?? '';
  const filters = {
    guild_id: guilds.some(({ id }) => id === asked('guild_id')) ? asked('guild_id') : '',
    status: statuses.includes(asked('status') as Status) ? asked('status') : '',
    text: asked('text').slice(0, RULES.maxFilterLength),
  };

  const change = useCallback(
    (changes: Partial<Filters>) =>
      setParams(
        (before) => {
          for (const [name, value] of Object.entries(changes)) {
            if (value) before.set(name, value);
            else before.delete(name);
          }
          return before;
        },
        { replace: true },
      ),
    [setParams],
  );

  return [filters, change];
}
