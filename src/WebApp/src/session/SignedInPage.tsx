import { useEffect } from 'react';
import { Link } from 'react-router';
import { PageTitle } from '../layout/PageTitle';
import { notifyTabs } from './tabs';

/** The page at which a sign-in in a new tab ends. The member continues in the first tab. */
export function SignedInPage() {
  useEffect(() => {
    notifyTabs();
    // A browser closes the tab only if it has shown no other site before.
    window.close();
  }, []);

  return (
    <div className="state">
      <PageTitle>You are signed in</PageTitle>
      <p>Go back to your other tab. You can close this one.</p>
      <Link to="/games">See all games</Link>
    </div>
  );
}
