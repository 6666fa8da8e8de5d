import type { TaggedGame } from '../../api/games';
import { saveGame } from '../../api/saveGame';
import { type PictureChanges, toBody, toUpdate, type Values, valuesOf } from './fields';
import type { Saving } from './useSaving';

/**
 * Sends the fields and pictures that differ from the game.
 * @throws {Problem} The service rejected the change, for instance because the game has changed, or there was no response.
 */
export function updateGame(
  { game, etag }: TaggedGame,
  values: Values,
  pictures: PictureChanges,
  show: (saving: Saving) => void,
  signal: AbortSignal,
): Promise<TaggedGame> {
  show({ kind: 'sending', sent: 0 });
  const body = toBody(toUpdate(valuesOf(game), values), pictures);
  return saveGame({ body, base: { id: game.id, etag }, onProgress: (sent) => show({ kind: 'sending', sent }), signal });
}
