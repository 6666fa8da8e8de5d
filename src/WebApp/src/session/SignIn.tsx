import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation, useNavigate } from 'react-router';
import { discordUrl, readSignInOptions, tryIt } from '../api/session';
import styles from './SignIn.module.css';

interface SignInProps {
  returnUrl?: string;
  /** Keeps this page open. The new tab notifies it after the sign-in. */
  inNewTab?: boolean;
}

/** The ways to sign in that this service offers. Each returns to this page, or to the return URL. */
export function SignIn({ returnUrl, inNewTab }: SignInProps) {
  const { pathname, search } = useLocation();
  const client = useQueryClient();
  const options = useQuery({ queryKey: ['sign-in-options'], queryFn: readSignInOptions, staleTime: Infinity });
  const navigate = useNavigate();
  const trial = useMutation({
    mutationFn: tryIt,
    onSuccess: async () => {
      await client.invalidateQueries();
      if (returnUrl) await navigate(returnUrl);
    },
  });

  if (options.isPending)
    return (
      <p role="status" className={styles.ways}>
        Loading…
      </p>
    );
  if (options.isError)
    return (
      <p role="alert">
        <span>{options.error.message}</span>{' '}
        <button type="button" className="button" onClick={() => void options.refetch()}>
          Try again
        </button>
      </p>
    );

  const { discord, try_it } = options.data;
  const destination = inNewTab ? '/signed-in' : (returnUrl ?? pathname + search);
  return (
    <div className={styles.ways}>
      {discord && (
        <a className="button primary" href={discordUrl(destination)} target={inNewTab ? '_blank' : undefined}>
          Sign in with Discord
        </a>
      )}
      {try_it && (
        <button type="button" className="button" disabled={trial.isPending} onClick={() => trial.mutate()}>
          Try it
        </button>
      )}
      {!discord && !try_it && <p>Signing in is not set up on this service. Ask its operator.</p>}
      {trial.isError && <p role="alert">{trial.error.message}</p>}
    </div>
  );
}
