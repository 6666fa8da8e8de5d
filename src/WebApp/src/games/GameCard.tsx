import { Link } from 'react-router';
import type { Game } from '../api/games';
import { GamePicture } from '../images/GamePicture';
import { Icon } from '../session/Icon';
import { useSession } from '../session/SessionGate';
import styles from './GameCard.module.css';
import { StatusBadge } from './StatusBadge';
import { shortTime, until } from './time';

interface GameCardProps {
  game: Game;
  now: number;
  /** Whether the card is in view when the list opens. */
  isFirst: boolean;
}

export function GameCard({ game, now, isFirst }: GameCardProps) {
  const { guilds } = useSession();
  const guild = guilds.find(({ id }) => id === game.guild_id);

  return (
    <li className={styles.card}>
      <GamePicture game={game} name="thumbnail" shape="card" priority={isFirst ? 'first' : 'lazy'} />
      <div className={styles.text}>
        <StatusBadge status={game.status} />
        <h2 dir="auto">
          <Link to={`/games/${game.id}`}>{game.title}</Link>
        </h2>
        <p>
          <time dateTime={game.scheduled_at}>{shortTime(game.scheduled_at)}</time>
        </p>
        <p className="muted">{until(game.scheduled_at, now)}</p>
        {guild && (
          <p className={styles.guild}>
            <Icon url={guild.icon_url} name={guild.name} />
            <span>{guild.name}</span>
          </p>
        )}
      </div>
    </li>
  );
}
