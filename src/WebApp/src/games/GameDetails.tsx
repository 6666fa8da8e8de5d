import type { ReactNode } from 'react';
import type { Game } from '../api/games';
import { Icon } from '../session/Icon';
import { useSession } from '../session/SessionGate';
import styles from './GameDetails.module.css';
import { duration, fullTime, timeZone } from './time';

/** The fields of a game that are not empty. */
export function GameDetails({ game }: { game: Game }) {
  const { guilds } = useSession();
  const guild = guilds.find(({ id }) => id === game.guild_id);

  return (
    <div className={styles.details}>
      {game.description && <p className={styles.description} dir="auto">{game.description}</p>}
      <dl className={styles.fields}>
        <Field name="Guild">
          <span className={styles.guild}>
            {guild && <Icon url={guild.icon_url} name={guild.name} />}
            <span>{guild?.name ?? game.guild_id}</span>
          </span>
        </Field>
        <Field name="Hosted by">{game.host_name ?? game.host_id}</Field>
        <Field name="Where">{game.location}</Field>
        <Field name="Duration">{game.expected_duration_minutes && duration(game.expected_duration_minutes)}</Field>
        <Field name="Players">{game.max_players && `up to ${game.max_players}`}</Field>
        <Field name="How to sign up">{game.signup_instructions}</Field>
        <Field name="Time zone">{timeZone()}</Field>
        <Field name="Channel ID">{game.channel_id}</Field>
        <Field name="Host ID">{game.host_id}</Field>
        <Field name="Created">{fullTime(game.created_at)}</Field>
        <Field name="Last changed">{fullTime(game.updated_at)}</Field>
      </dl>
    </div>
  );
}

function Field({ name, children }: { name: string; children: ReactNode }) {
  return (
    children && (
      <div>
        <dt>{name}</dt>
        <dd dir="auto">{children}</dd>
      </div>
    )
  );
}
