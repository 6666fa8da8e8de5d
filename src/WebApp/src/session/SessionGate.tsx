import { type Query, type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, Fragment, lazy, type ReactNode, Suspense, useContext, useEffect, useState } from 'react';
import { onRefusal, setCsrfToken } from '../api/request';
import { readSession, type Session } from '../api/session';
import { Boundary } from '../layout/Boundary';
import { Failure } from '../layout/Failure';
import { Frame } from '../layout/Frame';
import { SignInPage } from './SignInPage';
import { onOtherTab } from './tabs';

const OtherUserDialog = lazy(() => import('./OtherUserDialog'));
const SessionEndedDialog = lazy(() => import('./SessionEndedDialog'));
const SessionContext = createContext<Session | null>(null);

/** Who is signed in; only under a SessionGate. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('Nobody is signed in here.');
  return session;
}

const ofMembers = { predicate: ({ queryKey }: Query) => queryKey[0] !== 'session' };

/** Forgets what was read by whoever was signed in before. */
export function replaceSession(client: QueryClient, session: Session | null) {
  client.setQueryData(['session'], session);
  client.removeQueries(ofMembers);
}

/** Shows its children to whoever is signed in, and keeps them when the session ends: a form may hold what is not saved yet. */
export function SessionGate({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [ended, setEnded] = useState(false);
  const [other, setOther] = useState<Session | null>(null);

  const { data, error, refetch } = useQuery({
    queryKey: ['session'],
    queryFn: async () => {
      const session = await readSession();
      const before = client.getQueryData<Session | null>(['session']) ?? null;
      const isOther = before !== null && session !== null && before.user.id !== session.user.id;
      setEnded(before !== null && session === null);
      setOther(isOther ? session : null);
      // The page stays as it is, with the token of its own session: nothing is changed in the name of somebody else.
      if (session === null || isOther) return before;

      // Meanwhile something may have been refused, or read by somebody else.
      if (ended || other) void client.invalidateQueries(ofMembers);
      return session;
    },
    staleTime: 5 * 60_000,
    // Somebody may have signed in, or out, in another tab.
    refetchOnWindowFocus: 'always',
  });

  useEffect(
    () =>
      onRefusal((problem) => {
        if (problem.status === 401) setEnded(true);
        else if (problem.code === 'csrf') void refetch();
      }),
    [refetch],
  );

  useEffect(() => onOtherTab(() => void refetch()), [refetch]);

  // After what the member before leaves unsent was sent, and refused.
  useEffect(() => {
    if (data) setCsrfToken(data.csrf_token);
  }, [data]);

  const goOn = (session: Session) => {
    setOther(null);
    replaceSession(client, session);
  };

  if (data)
    return (
      <SessionContext value={data}>
        <Fragment key={data.user.id}>{children}</Fragment>
        <Boundary>
          <Suspense>
            {other ? (
              <OtherUserDialog before={data.user.name} now={other.user.name} onGoOn={() => goOn(other)} />
            ) : (
              ended && <SessionEndedDialog onClose={() => setEnded(false)} />
            )}
          </Suspense>
        </Boundary>
      </SessionContext>
    );

  return (
    <Frame>
      {error ? <Failure error={error} retry={() => void refetch()} /> : data === null ? <SignInPage /> : <p role="status">Loading…</p>}
    </Frame>
  );
}
