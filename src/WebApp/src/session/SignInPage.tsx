import { PageTitle } from '../layout/PageTitle';
import { SignIn } from './SignIn';
import styles from './SignIn.module.css';

/** What whoever is not signed in sees, under any address. */
export function SignInPage() {
  return (
    <div className={styles.page}>
      <PageTitle>Game nights, with pictures</PageTitle>
      <p className={styles.lead}>Plan the games of your Discord guilds, and give each a thumbnail and a banner that announce it.</p>
      <SignIn />
    </div>
  );
}
