import type { TaggedGame } from '../../api/games';
import { repeat } from '../../api/repeat';
import { saveGame } from '../../api/saveGame';
import { toBody, toUpdate, type Values, valuesOf } from './fields';
import type { PictureChanges } from './pictureChanges';
import { withPictures } from './sendPictures';
import { type Saving, sending, waiting } from './useSaving';

/**
 * Sends the fields and pictures that differ from the game.
 * @throws {Problem} The service rejected the change, for instance because the game has changed, or there was no response.
 * @throws {DOMException} AbortError, when the member cancelled it.
 */
export function updateGame(
  { game, etag }: TaggedGame,
  values: Values,
  pictures: PictureChanges,
  show: (saving: Saving) => void,
  signal: AbortSignal,
): Promise<TaggedGame> {
  return withPictures(pictures, show, signal, (images) => {
    const body = toBody(toUpdate(valuesOf(game), values, images), images);
    const save = () => {
      show(sending);
      return saveGame({ body, base: { id: game.id, etag }, signal });
    };
    return repeat(save, (seconds) => show(waiting(seconds)), signal);
  });
}
