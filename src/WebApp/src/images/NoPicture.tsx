import styles from './NoPicture.module.css';

/** Fills the place of a picture that does not exist or could not be loaded. Without a label, screen readers ignore it. */
export function NoPicture({ label, className }: { label: string | null; className?: string | undefined }) {
  const accessibility = label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true };
  return (
    <div className={`${styles.empty} ${className ?? ''}`} {...accessibility}>
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
