import { type Game, type GamePage, getGame, listGames, type TaggedGame } from './games';
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
const mostRequests = 40;

// The clocks of service and database differ; a service tells its own in whole seconds.
const slackMilliseconds = 60_000;

/** As much of a title as the search takes, without half a surrogate pair at its end. */
const searchText = (title: string) => title.slice(0, RULES.maxFilterLength).replace(/[\uD800-\uDBFF]$/, '');

/**
 * Searches the guild for the game of an attempt. The service returns games with the latest start first.
 * @returns null when the game is not there.
 * @throws {Problem} The app cannot find out now whether the game is there.
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

  const filters = { guild_id: values.guild_id, text: searchText(values.title) };
  let cursor: string | null = null;
  for (let sent = 0; sent < mostRequests; sent++) {
    const { items, next_cursor }: GamePage = await listGames(filters, cursor, signal, pageSize);
    const found = items.find(isIt);
    if (found) return getGame(found.id, signal);
    const last = items.at(-1);
    // The service ends a long search early: an empty page is not the last one while it has a cursor.
    if (!next_cursor || (last && Date.parse(last.scheduled_at) < start)) return null;
    cursor = next_cursor;
  }
  // The service answered each request, so the query client must not repeat them.
  throw new Problem(200, { detail: 'The guild has too many games to look through.' });
}
