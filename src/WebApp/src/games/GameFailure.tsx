import { Link } from 'react-router';
import { Problem } from '../api/problem';
import { Failure } from '../layout/Failure';

/** Says why a game cannot be shown. It does not offer to try again when the game does not exist. */
export function GameFailure({ error, retry }: { error: Error; retry: () => void }) {
  if (!(error instanceof Problem && error.status === 404)) return <Failure error={error} retry={retry} />;

  return (
    <div className="state" role="alert">
      <p>This game does not exist, or it belongs to a guild that you are not a member of.</p>
      <Link to="/games">See all games</Link>
    </div>
  );
}
