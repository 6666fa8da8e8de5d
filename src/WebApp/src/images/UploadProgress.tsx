import styles from './UploadProgress.module.css';

interface UploadProgressProps {
  /** What is being uploaded, such as "your pictures". */
  what: string;
  /** From 0 to 1. */
  sent: number;
}

export function UploadProgress({ what, sent }: UploadProgressProps) {
  return (
    <label className={styles.progress}>
      <span>{sent < 1 ? `Uploading ${what}: ${Math.round(sent * 100)}%` : `GameImages is storing ${what}…`}</span>
      <progress max={1} value={sent} />
    </label>
  );
}
