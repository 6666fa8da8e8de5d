import { useEffect } from 'react';
import { Link } from 'react-router';
import { PageTitle } from '../layout/PageTitle';
import { tellTabs } from './tabs';

/** Where a sign-in in a tab of its own ends: the tab with the form goes on. */
export function SignedInPage() {
  useEffect(() => {
    tellTabs();
    // Browsers close only what has not been elsewhere before.
    window.close();
  }, []);

  return (
    <div className="state">
      <PageTitle>You are signed in</PageTitle>
      <p>Go back to your other tab; this one can be closed.</p>
      <Link to="/games">To the games</Link>
    </div>
  );
}
