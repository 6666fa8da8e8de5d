import type { Game, TaggedGame } from './games';
import { send } from './send';

export interface Save {
  /** The fields of a JSON object. */
  body: Record<string, unknown>;
  /** The game to change, in the version that was read. The service makes the change only once, even if it is sent twice. */
  base?: { id: string; etag: string };
  /** Names a new game, so that the service creates it only once, even if it is sent twice. */
  key?: string;
  signal: AbortSignal;
}

/**
 * Creates or changes a game.
 * @throws {Problem} The service rejected the request, or there was no response.
 * @throws {DOMException} AbortError: the signal cancelled the request.
 */
export async function saveGame({ body, base, key, signal }: Save): Promise<TaggedGame> {
  const { value, etag } = await send<Game>({
    method: base ? 'PATCH' : 'POST',
    path: base ? `/api/v1/games/${base.id}` : '/api/v1/games',
    headers: {
      'Content-Type': 'application/json',
      ...(base && { 'If-Match': base.etag }),
      ...(key && { 'Idempotency-Key': key }),
    },
    body: JSON.stringify(body),
    signal,
  });
  return { game: value, etag: etag ?? '*' };
}

/** A new Idempotency-Key. crypto.randomUUID exists on secure pages only. */
export const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
