import { lazy, Suspense } from 'react';
import { Link, Navigate, Outlet, Route, Routes, useLocation } from 'react-router';
import { Deletions } from './games/Deletions';
import { GameDetailsPage } from './games/GameDetailsPage';
import { GamesPage } from './games/GamesPage';
import { Announcer } from './layout/Announcer';
import { Boundary } from './layout/Boundary';
import { Frame } from './layout/Frame';
import { NotFoundPage } from './layout/NotFoundPage';
import { Notices } from './layout/Notices';
import { Account } from './session/Account';
import { SessionGate } from './session/SessionGate';
import { SignedInPage } from './session/SignedInPage';
import { SignInFailedPage } from './session/SignInFailedPage';

const NewGamePage = lazy(() => import('./games/form/NewGamePage'));
const EditGamePage = lazy(() => import('./games/form/EditGamePage'));
const CloneGamePage = lazy(() => import('./games/form/CloneGamePage'));

export function App() {
  return (
    <Announcer>
      <Notices>
        <Routes>
          <Route element={<MemberPages />}>
            <Route index element={<Navigate to="/games" replace />} />
            <Route path="games" element={<GamesPage />} />
            <Route path="games/new" element={<NewGamePage />} />
            <Route path="games/:id" element={<GameDetailsPage />} />
            <Route path="games/:id/edit" element={<EditGamePage />} />
            <Route path="games/:id/clone" element={<CloneGamePage />} />
            <Route path="*" element={<NotFoundPage />} />
          </Route>
          <Route
            element={
              <Frame>
                <Outlet />
              </Frame>
            }
          >
            <Route path="sign-in-failed" element={<SignInFailedPage />} />
            <Route path="signed-in" element={<SignedInPage />} />
          </Route>
        </Routes>
      </Notices>
    </Announcer>
  );
}

function MemberPages() {
  const { pathname } = useLocation();
  const actions = (
    <>
      <Link className="button primary" to="/games/new">
        New game
      </Link>
      <Account />
    </>
  );

  return (
    <SessionGate>
      <Deletions>
        <Frame actions={actions}>
          <Boundary key={pathname}>
            <Suspense fallback={<p role="status">Loading…</p>}>
              <Outlet />
            </Suspense>
          </Boundary>
        </Frame>
      </Deletions>
    </SessionGate>
  );
}
