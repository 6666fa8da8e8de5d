import { Link } from 'react-router';
import { PageTitle } from './PageTitle';

export function NotFoundPage() {
  return (
    <div className="state">
      <PageTitle>There is no such page</PageTitle>
      <Link to="/games">To the games</Link>
    </div>
  );
}
