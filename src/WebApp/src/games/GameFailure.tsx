import { Link } from 'react-router';
import { Problem } from '../api/problem';
import { Failure } from '../layout/Failure';

/** Why a game is not shown. One that is not there does not come by trying again. */
export function GameFailure({ error, retry }: { error: Error; retry: () => void }) {
  if (!(error instanceof Problem && error.status === 404)) return <Failure error={error} retry={retry} />;

  return (
    <div className="state" role="alert">
      <p>There is no such game, or it is not one of your guilds’.</p>
      <Link to="/games">To the games</Link>
    </div>
  );
}
