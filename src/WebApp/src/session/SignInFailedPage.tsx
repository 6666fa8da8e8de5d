import { useSearchParams } from 'react-router';
import { PageTitle } from '../layout/PageTitle';
import { SignIn } from './SignIn';
import styles from './SignIn.module.css';

const reasons: Record<string, string> = {
  denied: 'You did not allow Discord to tell GameImages who you are. Nothing was stored.',
  unavailable: 'Signing in with Discord is not set up on this service.',
};

/**
 * Accepts only a path of this app, since anyone can write a link to this page. Browsers read a backslash as a slash, and ignore tabs.
 */
const localPath = (url: string | null) => (url && /^\/(?![/\\])[!-~]*$/.test(url) ? url : '/games');

/** The page to which the service redirects when a sign-in failed. */
export function SignInFailedPage() {
  const [params] = useSearchParams();
  const reason = params.get('reason') ?? '';
  return (
    <div className={styles.page}>
      <PageTitle>You are not signed in</PageTitle>
      <p className={styles.lead}>{reasons[reason] ?? 'Discord did not confirm who you are. Try again.'}</p>
      <SignIn returnUrl={localPath(params.get('return_url'))} />
    </div>
  );
}
