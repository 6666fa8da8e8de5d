import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import type { Filters, Status } from '../api/games';
import { useSession } from '../session/SessionGate';
import { statuses } from './gameStatus';

/**
 * The filters of the list. They are kept in the address, so that a member can bookmark and share them. A guild that the reader is not a
 * member of, and an unknown status, are ignored.
 */
export function useFilters(): [Filters, (change: Partial<Filters>) => void] {
  const [params, setParams] = useSearchParams();
  const { guilds } = useSession();
  const inAddress = (name: keyof Filters) => params.get(name) ?? '';
  const filters = {
    guild_id: guilds.some(({ id }) => id === inAddress('guild_id')) ? inAddress('guild_id') : '',
    status: statuses.includes(inAddress('status') as Status) ? inAddress('status') : '',
    text: inAddress('text').slice(0, RULES.maxFilterLength),
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
