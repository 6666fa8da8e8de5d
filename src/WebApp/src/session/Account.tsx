import { useMutation, useQueryClient } from '@tanstack/react-query';
import { signOut } from '../api/session';
import { useDeletions } from '../games/Deletions';
import { clearDrafts } from '../games/form/draft';
import { useNotices } from '../layout/Notices';
import { Icon } from './Icon';
import { replaceSession, useSession } from './SessionGate';
import styles from './Account.module.css';

/** Shows the signed-in user, and signs out. */
export function Account() {
  const { user } = useSession();
  const client = useQueryClient();
  const { sendAll } = useDeletions();
  const { clear } = useNotices();
  const leave = useMutation({
    mutationFn: async () => {
      await sendAll();
      await signOut();
    },
    onSuccess: () => {
      clearDrafts();
      clear();
      replaceSession(client, null);
    },
  });

  return (
    <div className={styles.account}>
      <span className={styles.user} title={user.name}>
        <Icon url={user.avatar_url} name={user.name} />
        <span className={styles.name}>{user.name}</span>
      </span>
      <button type="button" className="button quiet" disabled={leave.isPending} onClick={() => leave.mutate()}>
        Sign out
      </button>
      {leave.isError && <span role="alert">{leave.error.message}</span>}
    </div>
  );
}
