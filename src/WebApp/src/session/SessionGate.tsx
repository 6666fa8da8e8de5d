import { type Query, type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, Fragment, lazy, type ReactNode, Suspense, useContext, useEffect, useState } from 'react';
import { onRefusal, setCsrfToken } from '../api/request';
import { readSession, type Session } from '../api/session';
import { Boundary } from '../layout/Boundary';
import { Failure } from '../layout/Failure';
import { Frame } from '../layout/Frame';
import { SignInPage } from './SignInPage';
import { onSignInElsewhere } from './tabs';

const OtherUserDialog = lazy(() => import('./OtherUserDialog'));
const SessionEndedDialog = lazy(() => import('./SessionEndedDialog'));
const SessionContext = createContext<Session | null>(null);

/** The session of the signed-in user. Only components below a SessionGate may call it. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession needs a SessionGate above it.');
  return session;
}

const memberQueries = { predicate: ({ queryKey }: Query) => queryKey[0] !== 'session' };

/** Changes the session, and removes all data that the previous user has read. */
export function replaceSession(client: QueryClient, session: Session | null) {
  client.setQueryData(['session'], session);
  client.removeQueries(memberQueries);
}

/** Shows its children to a signed-in user. They stay when the session ends, since a form may have unsaved text. */
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
      // The page keeps the token of its own session, so it cannot change anything in the name of another user.
      if (session === null || isOther) return before;

      // Requests may have failed in the meantime, or have been made as another user.
      if (ended || other) void client.invalidateQueries(memberQueries);
      return session;
    },
    staleTime: 5 * 60_000,
    // The user may have signed in or out in another tab.
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

  useEffect(() => onSignInElsewhere(() => void refetch()), [refetch]);

  // The previous user's pending deletions are sent before this effect, with the old token, so the service rejects them.
  useEffect(() => {
    if (data) setCsrfToken(data.csrf_token);
  }, [data]);

  const continueAs = (session: Session) => {
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
              <OtherUserDialog before={data.user.name} now={other.user.name} onContinue={() => continueAs(other)} />
            ) : (
              ended && <SessionEndedDialog onClose={() => setEnded(false)} />
            )}
          </Suspense>
        </Boundary>
      </SessionContext>
    );

  const content = () => {
    if (error) return <Failure error={error} retry={() => void refetch()} />;
    return data === null ? <SignInPage /> : <p role="status">Loading…</p>;
  };
  return <Frame>{content()}</Frame>;
}
