import { useEffect, useRef } from 'react';
import styles from './LoadMore.module.css';

interface LoadMoreProps {
  busy: boolean;
  error: Error | null;
  load: () => void;
}

/** Loads the next page when it comes near, or when it is pressed; after an error only when it is pressed. */
export function LoadMore({ busy, error, load }: LoadMoreProps) {
  const ref = useRef<HTMLDivElement>(null);
  const waits = !busy && !error;

  useEffect(() => {
    if (!waits || !ref.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && load(), { rootMargin: '600px' });
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [waits, load]);

  return (
    <div ref={ref} className={styles.more}>
      {error && <p role="alert">{error.message}</p>}
      <button type="button" className="button" disabled={busy} onClick={load}>
        {busy ? 'Loading…' : error ? 'Try again' : 'Show more games'}
      </button>
    </div>
  );
}
