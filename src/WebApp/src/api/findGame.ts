import { type Game, type GamePage, getGame, listGames, type TaggedGame } from './games';
import { Problem } from './problem';

/** A game that was sent and may be stored, although no response arrived. */
export interface Attempt {
  /** The values that were sent. */
  values: Pick<Game, 'guild_id' | 'channel_id' | 'title' | 'scheduled_at'>;
  hostId: string;
  /** When it was sent, in milliseconds on the service's clock. */
  since: number;
  /** The ids of games that existed before. */
  known: string[];
}

const pageSize = '100';
const mostRequests = 40;

// The clocks of the service and the database differ, and the Date header has whole seconds.
const slackMilliseconds = 60_000;

const graphemes = new Intl.Segmenter('en');

/** The longest start of the title that the search accepts. It ends between graphemes, because "e" does not match "é". */
function searchText(title: string) {
  const tooLong = [...graphemes.segment(title)].find(({ index, segment }) => index + segment.length > RULES.maxFilterLength);
  return title.slice(0, tooLong?.index);
}

/**
 * Searches the guild for the game of an attempt. The service returns games with the latest start first.
 * @returns null when the game does not exist.
 * @throws {Problem} The search failed, so the game may exist.
 */
export async function findGame({ values, hostId, since, known }: Attempt, signal: AbortSignal): Promise<TaggedGame | null> {
  const start = Date.parse(values.scheduled_at);
  const isSentGame = (game: Game) =>
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
    const found = items.find(isSentGame);
    if (found) return getGame(found.id, signal);
    const last = items.at(-1);
    // The service stops a long search early, so an empty page with a cursor is not the last one.
    if (!next_cursor || (last && Date.parse(last.scheduled_at) < start)) return null;
    cursor = next_cursor;
  }
  // Each request succeeded, so the query client must not repeat them.
  throw new Problem(200, { detail: 'The guild has too many games to search them all.' });
}
