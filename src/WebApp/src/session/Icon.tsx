import { useState } from 'react';
import styles from './Icon.module.css';

/** The picture of a guild or a user, or their first letter. The name stands beside it, so it says nothing itself. */
export function Icon({ url, name }: { url: string | null; name: string }) {
  const [failed, setFailed] = useState(false);
  return url && !failed ? (
    <img className={styles.icon} src={url} alt="" width={28} height={28} onError={() => setFailed(true)} />
  ) : (
    <span className={styles.icon} aria-hidden="true">
      {[...name][0]}
    </span>
  );
}
