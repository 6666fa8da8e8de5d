import { type ComponentProps, useEffect, useState } from 'react';
import styles from './Picture.module.css';

// A little more than the minute after which the rate limit of the service allows new requests.
const retryMilliseconds = 61_000;

type PictureProps = ComponentProps<'img'> & { src: string; alt: string };

/**
 * An img element. A picture that fails to load, perhaps because of the rate limit, is replaced with a placeholder, and is loaded once more
 * later.
 */
export const Picture = (props: PictureProps) => <RetriedPicture key={props.src} {...props} />;

function RetriedPicture({ alt, className, ...rest }: PictureProps) {
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

  return waits ? (
    <Placeholder label={alt && `${alt}, not available now`} className={className} />
  ) : (
    <img {...rest} className={className} alt={alt} onError={fail} />
  );
}

/** Fills the place of a picture. Without a label, screen readers ignore it. */
export function Placeholder({ label, className }: { label: string | null; className?: string | undefined }) {
  const accessibility = label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true };
  return (
    <div className={`${styles.placeholder} ${className ?? ''}`} {...accessibility}>
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
