import { useState } from 'react';
import styles from './Icon.module.css';

/** The picture of a guild or a user, or the first letter of the name. Screen readers ignore it, since the name is beside it. */
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
