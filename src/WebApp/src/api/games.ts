import type { components } from './schema';
import { request } from './request';

export type Game = components['schemas']['Game'];
export type GamePage = components['schemas']['GamePage'];
export type Status = Game['status'];

/** A game, and the version that was read, for If-Match. */
export interface TaggedGame {
  game: Game;
  etag: string;
}

export interface Filters {
  guild_id: string;
  status: string;
  text: string;
}

// A page shows fewer pictures than the 60 that a client may fetch in a minute.
const pageSize = '24';

export async function listGames(
  filters: Partial<Filters>,
  cursor: string | null,
  signal: AbortSignal,
  limit = pageSize,
): Promise<GamePage> {
  const query = new URLSearchParams({ limit });
  // The service ignores blanks around a text, and rejects a text of blanks only.
  for (const [name, value] of Object.entries({ ...filters, cursor })) if (value?.trim()) query.set(name, value);
  return (await request(`/api/v1/games?${query}`, { signal })).json();
}

export const getGame = async (id: string, signal?: AbortSignal) => tagged(await request(`/api/v1/games/${id}`, { signal }));

/** Deletes the version of the game that was read, and no other. The request continues when the page is closed. */
export const deleteGame = ({ game, etag }: TaggedGame) =>
  request(`/api/v1/games/${game.id}`, { method: 'DELETE', headers: { 'If-Match': etag }, keepalive: true });

async function tagged(response: Response): Promise<TaggedGame> {
  return { game: await response.json(), etag: response.headers.get('ETag') ?? '*' };
}
