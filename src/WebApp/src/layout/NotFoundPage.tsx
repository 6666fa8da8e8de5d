import { Link } from 'react-router';
import { PageTitle } from './PageTitle';

export function NotFoundPage() {
  return (
    <div className="state">
      <PageTitle>This page does not exist</PageTitle>
      <Link to="/games">See all games</Link>
    </div>
  );
}
