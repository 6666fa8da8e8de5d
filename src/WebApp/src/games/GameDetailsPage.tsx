import { useQuery } from '@tanstack/react-query';
import { startTransition } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { getGame, type TaggedGame } from '../api/games';
import { GamePicture } from '../images/GamePicture';
import { PageTitle } from '../layout/PageTitle';
import { BeingDeleted } from './BeingDeleted';
import { useDeletions } from './Deletions';
import { GameDetails } from './GameDetails';
import { GameFailure } from './GameFailure';
import styles from './GameDetailsPage.module.css';
import { StatusBadge } from './StatusBadge';
import { fullTime, until } from './time';
import { useNow } from './useNow';

export function GameDetailsPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery({ queryKey: ['game', id], queryFn: ({ signal }) => getGame(id, signal) });
  if (data) return <Details key={id} read={data} />;
  if (error)
    return (
      <>
        <PageTitle>Game</PageTitle>
        <GameFailure error={error} retry={() => void refetch()} />
      </>
    );
  return <p role="status">Loading…</p>;
}

function Details({ read }: { read: TaggedGame }) {
  const { game } = read;
  const { hidden } = useDeletions();
  const now = useNow();
  return (
    <article className={styles.page}>
      {game.banner_image_id && (
        <div className={styles.banner}>
          <GamePicture game={game} name="banner" shape="banner" priority="first" />
        </div>
      )}
      <div className={styles.head}>
        {game.thumbnail_id && (
          <div className={styles.thumbnail}>
            <GamePicture game={game} name="thumbnail" shape="thumbnail" priority="first" />
          </div>
        )}
        <div className={styles.title}>
          <StatusBadge status={game.status} />
          <PageTitle>{game.title}</PageTitle>
          <p>
            <time dateTime={game.scheduled_at}>{fullTime(game.scheduled_at)}</time>{' '}
            <span className="muted">{`(${until(game.scheduled_at, now)})`}</span>
          </p>
        </div>
        {hidden.has(game.id) ? <BeingDeleted id={game.id} /> : <Actions read={read} />}
      </div>
      <GameDetails game={game} />
    </article>
  );
}

function Actions({ read }: { read: TaggedGame }) {
  const { id } = read.game;
  const { remove } = useDeletions();
  const navigate = useNavigate();

  const removeAndLeave = () => {
    // In one transition with the navigation, so that this page does not show the game as being deleted in between.
    startTransition(() => remove(read));
    void navigate('/games', { state: { keepsFocus: true } });
  };

  return (
    <div className={styles.actions}>
      <Link className="button primary" to={`/games/${id}/edit`}>
        Edit
      </Link>
      <Link className="button" to={`/games/${id}/clone`}>
        Clone
      </Link>
      <button type="button" className="button danger" onClick={removeAndLeave}>
        Delete
      </button>
    </div>
  );
}
