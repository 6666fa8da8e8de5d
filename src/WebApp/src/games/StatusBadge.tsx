import type { Status } from '../api/games';
import { statusNames } from './gameStatus';
import styles from './StatusBadge.module.css';

export function StatusBadge({ status }: { status: Status }) {
  return (
    <span className={styles.badge} data-status={status}>
      {statusNames[status]}
    </span>
  );
}
