import { PageTitle } from '../layout/PageTitle';
import { SignIn } from './SignIn';
import styles from './SignIn.module.css';

/** Shown at every address while the browser is not signed in. */
export function SignInPage() {
  return (
    <div className={styles.page}>
      <PageTitle>Game nights, with pictures</PageTitle>
      <p className={styles.lead}>Plan the games of your Discord guilds, and announce each of them with a thumbnail and a banner.</p>
      <SignIn />
    </div>
  );
}
