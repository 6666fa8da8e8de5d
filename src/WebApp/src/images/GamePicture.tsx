import { useEffect, useState } from 'react';
import styles from './GamePicture.module.css';

// A little more than the minute after which the limit of the service gives requests back.
const retryMilliseconds = 61_000;

/** In CSS pixels; the picture is cut to fit, so that nothing jumps when it comes. */
const sizes = { card: { width: 320, height: 240 }, banner: { width: 1200, height: 480 }, square: { width: 160, height: 160 } };

export interface GamePictureProps {
  /** The image, or null for a game that shows none. */
  id: string | null;
  alt: string;
  shape: keyof typeof sizes;
  /** At the top of the page, where waiting for it to scroll in only costs time. */
  eager?: boolean;
}

/** A picture of a game. One that does not come, perhaps because too many were asked for, leaves a quiet placeholder and is tried once more. */
export function GamePicture({ id, alt, shape, eager = false }: GamePictureProps) {
  const [failures, setFailures] = useState(0);
  const [waits, setWaits] = useState(false);

  useEffect(() => {
    if (failures !== 1 || !waits) return;
    const timer = setTimeout(() => setWaits(false), retryMilliseconds);
    return () => clearTimeout(timer);
  }, [failures, waits]);

  const fail = () => {
    setFailures(failures + 1);
    setWaits(true);
  };

  return (
    <div className={styles.frame} data-shape={shape}>
      {id && !waits ? (
        <img
          loading={eager ? 'eager' : 'lazy'}
          decoding="async"
          {...sizes[shape]}
          src={`/api/v1/public/images/${id}`}
          alt={alt}
          onError={fail}
        />
      ) : (
        <Placeholder label={id ? `${alt}, not available now` : null} />
      )}
    </div>
  );
}

function Placeholder({ label }: { label: string | null }) {
  return (
    <div className={styles.placeholder} {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}>
      <svg viewBox="0 0 32 32" width="40" height="40" aria-hidden="true">
        <rect x="4" y="4" width="24" height="24" rx="6" fill="none" stroke="currentColor" strokeWidth="2" />
        <g fill="currentColor">
          <circle cx="11" cy="11" r="2" />
          <circle cx="21" cy="11" r="2" />
          <circle cx="16" cy="16" r="2" />
          <circle cx="11" cy="21" r="2" />
          <circle cx="21" cy="21" r="2" />
        </g>
      </svg>
    </div>
  );
}
