import { useSearchParams } from 'react-router';
import { PageTitle } from '../layout/PageTitle';
import { SignIn } from './SignIn';
import styles from './SignIn.module.css';

const reasons: Record<string, string> = {
  denied: 'Discord was told not to let GameImages know who you are. Nothing was stored.',
  unavailable: 'Signing in with Discord is not set up on this service.',
};

/** Where the service leads when signing in came to nothing. */
export function SignInFailedPage() {
  const reason = useSearchParams()[0].get('reason') ?? '';
  return (
    <div className={styles.page}>
      <PageTitle>You are not signed in</PageTitle>
      <p className={styles.lead}>{reasons[reason] ?? 'Discord did not confirm who you are. Try once more.'}</p>
      <SignIn returnUrl="/games" />
    </div>
  );
}
