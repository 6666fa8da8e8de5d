import { useRef } from 'react';
import type { Game, TaggedGame } from '../../api/games';
import { Problem } from '../../api/problem';
import { repeat } from '../../api/repeat';
import { newKey, saveGame } from '../../api/saveGame';
import { pictureId } from '../pictures';
import type { Contents } from './contents';
import { changeDraft, type Draft, type SentGame } from './draft';
import { emptyValues, toBody, toCreate, valuesInDraft } from './fields';
import { type ImageIds, noPictureChanges, type PictureChanges } from './pictureChanges';
import { withPictures } from './sendPictures';
import { type Saving, sending, waiting } from './useSaving';

/** A game, and the contents of the form that it was created from. */
interface Created {
  saved: TaggedGame;
  sent: Contents;
}

/**
 * Creates a new game once. The service creates one game for each Idempotency-Key, so a request whose answer was lost is repeated with its
 * key until an answer says whether the game is stored. Other contents have another key, and are sent only after that.
 * @param initial The game that the restored draft was sent as; null when nothing was sent.
 */
export function useNewGame(initial: SentGame | null, draftKey: string, show: (saving: Saving) => void) {
  // The game that may be stored, and what the form showed. Its pictures are unknown after the page was closed.
  const sentGame = useRef(initial);
  const sentContents = useRef<Contents>({ values: initial?.values ?? emptyValues, pictures: noPictureChanges });

  /**
   * @throws {Problem} The service rejected the game, or there was no answer. sentGame is then the game that may be stored.
   * @throws {DOMException} AbortError, when the member cancelled it.
   */
  const create = async (draft: Draft, pictures: PictureChanges, signal: AbortSignal): Promise<Created> => {
    const remember = (sent: SentGame | null) => {
      sentGame.current = sent;
      // A member who closes the page now and returns later must not create the game a second time.
      const kept = valuesInDraft(draft.values, pictures, draft.original ?? null);
      changeDraft(draftKey, { sent }, { ...draft, values: kept });
    };

    const save = async (sent: SentGame, wasSent: boolean): Promise<Created> => {
      let isUncertain = wasSent;
      const request = () => {
        show(sending);
        return saveGame({ body: sent.body, key: sent.key, signal });
      };
      const wait = (seconds: number) => {
        isUncertain = true;
        show(waiting(seconds));
      };
      try {
        const saved = await repeat(request, wait, signal);
        sentGame.current = null;
        return { saved, sent: sentContents.current };
      } catch (error) {
        if (error instanceof Problem && isRejected(error, isUncertain)) remember(null);
        throw error;
      }
    };

    const earlier = sentGame.current;
    if (earlier) {
      try {
        return await save(earlier, true);
      } catch (error) {
        // A rejected game is not stored, so the present one can be sent.
        if (!(error instanceof Problem) || sentGame.current) throw error;
      }
    }

    return withPictures(pictures, show, signal, (images) => {
      const { values, original } = draft;
      const body = toBody(toCreate(values), imagesOf(original ?? null, images));
      const sent = { key: newKey(), body, values: valuesInDraft(values, pictures, original ?? null) };
      sentContents.current = { values, pictures };
      remember(sent);
      return save(sent, false);
    });
  };

  return { sentGame, create };
}

/** Whether the service certainly did not store the game. @param isUncertain An earlier answer was lost. */
function isRejected({ status, code, quota }: Problem, isUncertain: boolean): boolean {
  if (status === 0 || status >= 500) return false;
  // These do not depend on the game.
  const isUnrelated = [401, 409, 429].includes(status) || code === 'csrf';
  return !isUncertain || quota !== undefined || !isUnrelated;
}

/** The images of a new game: those that a copy keeps, and those that the member chose. */
function imagesOf(original: Game | null, changed: ImageIds): ImageIds {
  const kept = original && { thumbnail_id: pictureId(original, 'thumbnail'), banner_image_id: pictureId(original, 'banner') };
  return Object.fromEntries(Object.entries({ ...kept, ...changed }).filter(([, id]) => id));
}
