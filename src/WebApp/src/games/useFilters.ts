import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import type { Filters } from '../api/games';

/** The filters of the list, kept in the address so that they can be bookmarked and shared. */
export function useFilters(): [Filters, (change: Partial<Filters>) => void] {
  const [params, setParams] = useSearchParams();
  const filters = { guild_id: params.get('guild_id') ?? '', status: params.get('status') ?? '', text: params.get('text') ?? '' };

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
