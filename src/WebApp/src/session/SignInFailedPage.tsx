import { useSearchParams } from 'react-router';
import { PageTitle } from '../layout/PageTitle';
import { SignIn } from './SignIn';
import styles from './SignIn.module.css';

const reasons: Record<string, string> = {
  denied: 'Discord was told not to let GameImages know who you are. Nothing was stored.',
  unavailable: 'Signing in with Discord is not set up on this service.',
};

/** A path of the app: anybody may have written the address of this page, and browsers take a backslash for a slash, and pass over tabs. */
const localPath = (url: string | null) => (url && /^\/(?![/\\])[!-~]*$/.test(url) ? url : '/games');

/** Where the service leads when signing in came to nothing. */
export function SignInFailedPage() {
  const [params] = useSearchParams();
  const reason = params.get('reason') ?? '';
  return (
    <div className={styles.page}>
      <PageTitle>You are not signed in</PageTitle>
      <p className={styles.lead}>{reasons[reason] ?? 'Discord did not confirm who you are. Try once more.'}</p>
      <SignIn returnUrl={localPath(params.get('return_url'))} />
    </div>
  );
}
