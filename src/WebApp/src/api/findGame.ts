import { type Game, getGame, listGames, type TaggedGame } from './games';
import { Problem } from './problem';

/** A game that was sent, and may be stored although no answer came. */
export interface Attempt {
  /** What the form held. */
  values: Pick<Game, 'guild_id' | 'channel_id' | 'title' | 'scheduled_at'>;
  hostId: string;
  /** When it was sent, in milliseconds, by the service's clock. */
  since: number;
  /** Games that were there before. */
  known: string[];
}

const pageSize = '100';
const mostPages = 50;

// The clocks of service and database differ; a service tells its own in whole seconds.
const slackMilliseconds = 60_000;

/**
 * Looks for the game of an attempt among those of its guild, which come with the latest start first.
 * @returns null when it is not there.
 * @throws {Problem} That cannot be told now.
 */
export async function findGame({ values, hostId, since, known }: Attempt, signal: AbortSignal): Promise<TaggedGame | null> {
  const start = Date.parse(values.scheduled_at);
  const isIt = (game: Game) =>
    game.title === values.title &&
    BigInt(game.channel_id) === BigInt(values.channel_id) &&
    game.host_id === hostId &&
    Date.parse(game.scheduled_at) === start &&
    Date.parse(game.created_at) >= since - slackMilliseconds &&
    !known.includes(game.id);

  let cursor: string | null = null;
  for (let page = 0; page < mostPages; page++) {
    const { items, next_cursor }: Awaited<ReturnType<typeof listGames>> = await listGames({ guild_id: values.guild_id }, cursor, signal, pageSize);
    const found = items.find(isIt);
    if (found) return getGame(found.id, signal);
    if (!next_cursor || Date.parse(items.at(-1)!.scheduled_at) < start) return null;
    cursor = next_cursor;
  }
  throw new Problem(0, { detail: 'The guild has too many games to look through.' });
}
