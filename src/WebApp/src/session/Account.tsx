import { useMutation, useQueryClient } from '@tanstack/react-query';
import { signOut } from '../api/session';
import { clearDrafts } from '../games/form/draft';
import { Icon } from './Icon';
import { replaceSession, useSession } from './SessionGate';
import styles from './Account.module.css';

/** Who is signed in, and the way out. */
export function Account() {
  const { user } = useSession();
  const client = useQueryClient();
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: () => {
      clearDrafts();
      replaceSession(client, null);
    },
  });

  return (
    <div className={styles.account}>
      <span className={styles.user}>
        <Icon url={user.avatar_url} name={user.name} />
        {user.name}
      </span>
      <button type="button" className="button quiet" disabled={leave.isPending} onClick={() => leave.mutate()}>
        Sign out
      </button>
      {leave.isError && <span role="alert">{leave.error.message}</span>}
    </div>
  );
}
