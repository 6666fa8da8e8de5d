import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, lazy, type ReactNode, Suspense, useContext, useEffect, useState } from 'react';
import { onRefusal } from '../api/request';
import { readSession, type Session } from '../api/session';
import { Failure } from '../layout/Failure';
import { Frame } from '../layout/Frame';
import { SignInPage } from './SignInPage';

const SessionEndedDialog = lazy(() => import('./SessionEndedDialog'));
const SessionContext = createContext<Session | null>(null);

/** Who is signed in; only under a SessionGate. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('Nobody is signed in here.');
  return session;
}

/** Shows its children to whoever is signed in, and keeps them when the session ends: a form may hold what is not saved yet. */
export function SessionGate({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [ended, setEnded] = useState(false);

  const { data, error, refetch } = useQuery({
    queryKey: ['session'],
    queryFn: async () => {
      const session = await readSession();
      const before = client.getQueryData<Session | null>(['session']) ?? null;
      setEnded(before !== null && session === null);
      return session ?? before;
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

  if (data)
    return (
      <SessionContext value={data}>
        {children}
        {ended && (
          <Suspense>
            <SessionEndedDialog onClose={() => setEnded(false)} />
          </Suspense>
        )}
      </SessionContext>
    );

  return (
    <Frame>
      {error ? <Failure error={error} retry={() => void refetch()} /> : data === null ? <SignInPage /> : <p role="status">Loading…</p>}
    </Frame>
  );
}
