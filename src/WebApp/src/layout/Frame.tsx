import type { ReactNode } from 'react';
import { Link } from 'react-router';
import favicon from '../favicon.svg';
import styles from './Frame.module.css';
import { ThemeToggle } from './ThemeToggle';
import { useOnline } from './useOnline';

/** The header of every page. */
export function Frame({ actions, children }: { actions?: ReactNode; children: ReactNode }) {
  const online = useOnline();
  return (
    <>
      <a className={styles.skip} href="#main">
        Skip to content
      </a>
      <header className={styles.header}>
        <Link className={styles.brand} to="/games" aria-label="GameImages, all games">
          <img src={favicon} alt="" width={28} height={28} />
          <span>GameImages</span>
        </Link>
        <div className={styles.actions}>
          {actions}
          <ThemeToggle />
        </div>
      </header>
      <p role="status" className={online ? 'visually-hidden' : styles.offline}>
        {!online && 'You are offline. This page may be out of date, and you cannot save until you are online again.'}
      </p>
      <main id="main" tabIndex={-1} className={styles.main}>
        {children}
      </main>
    </>
  );
}
