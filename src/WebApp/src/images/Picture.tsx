import { type ComponentProps, useEffect, useState } from 'react';
import styles from './Picture.module.css';

// A little more than the minute after which the limit of the service gives requests back.
const retryMilliseconds = 61_000;

type PictureProps = ComponentProps<'img'> & { src: string; alt: string };

/** An img. One that does not come, perhaps because too many were asked for, leaves a quiet placeholder and is tried once more. */
export const Picture = (props: PictureProps) => <Tried key={props.src} {...props} />;

function Tried({ alt, className, ...rest }: PictureProps) {
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
    <Placeholder label={`${alt}, not available now`} className={className} />
  ) : (
    <img {...rest} className={className} alt={alt} onError={fail} />
  );
}

/** Stands where a picture would. */
export function Placeholder({ label, className }: { label: string | null; className?: string | undefined }) {
  return (
    <div className={`${styles.placeholder} ${className ?? ''}`} {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}>
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
