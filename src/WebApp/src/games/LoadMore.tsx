import { useEffect, useRef } from 'react';
import type { Filters } from '../api/games';
import styles from './LoadMore.module.css';

interface LoadMoreProps {
  busy: boolean;
  error: Error | null;
  /** The search stopped early, so the next page is another search. */
  isSearch: boolean;
  filters: Filters;
  load: () => void;
}

/**
 * Loads the next page when the member scrolls near the end, or presses the button. After an error or an early stop, only the button
 * loads it.
 */
export function LoadMore({ busy, error, isSearch, filters, load }: LoadMoreProps) {
  const ref = useRef<HTMLDivElement>(null);
  const waits = !busy && !error && !isSearch;

  useEffect(() => {
    if (!waits || !ref.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && load(), { rootMargin: '600px' });
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [waits, load]);

  const narrower = [!filters.guild_id && 'a guild', !filters.status && 'a status'].filter(Boolean).join(' or ');
  const suggestion = narrower ? `Choose ${narrower}, or continue the search.` : 'You can continue the search.';
  let label = isSearch ? 'Continue the search' : 'Show more games';
  if (error) label = 'Try again';
  if (busy) label = 'Loading…';

  return (
    <div ref={ref} className={styles.more}>
      {error && <p role="alert">{error.message}</p>}
      {isSearch && <p>{`Some games have not been searched yet. ${suggestion}`}</p>}
      <button type="button" className="button" disabled={busy} onClick={load}>
        {label}
      </button>
    </div>
  );
}
