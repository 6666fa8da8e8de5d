import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { findGame } from '../../api/findGame';
import type { TaggedGame } from '../../api/games';
import { Problem } from '../../api/problem';
import { useSession } from '../../session/SessionGate';
import type { Contents } from './contents';
import { createGame } from './createGame';
import { changeDraft, type Draft, type SentGame } from './draft';
import { noPictureChanges, type PictureChanges } from './fields';
import type { Reports } from './useReports';
import type { useSaving } from './useSaving';

interface SentGameOptions {
  /** The game that the restored draft was sent as; null when nothing was sent. */
  initial: SentGame | null;
  draftKey: string;
  saving: Pick<ReturnType<typeof useSaving>, 'run' | 'show'>;
  reports: Reports;
  /** Called when the service has stored the game although its answer got lost, with a text that says so. */
  onFound: (found: TaggedGame, sent: Contents, text: string) => void;
}

const lost = 'Your game was saved. Only the answer got lost.';
const missing = 'Your game is not in the list: it was not saved.';

/** Whether the service may have stored the game, since there was no answer, or a proxy lost the service. A refused game is not stored. */
const mayBeStored = ({ status }: Problem) => status === 0 || status >= 500;

/** Creates a new game once: when its answer gets lost, the app looks for the game before it sends anything again. */
export function useSentGame({ initial, draftKey, saving, reports, onFound }: SentGameOptions) {
  const { run, show } = saving;
  const { reportFailure, reportUnsure } = reports;
  const client = useQueryClient();
  const { user } = useSession();
  // The game that may be stored, until an answer settles it. Its pictures are unknown after the page was closed.
  const sentGame = useRef(initial);
  const sentPictures = useRef(noPictureChanges);

  /**
   * @returns undefined when there is nothing to do: the member was informed, or something is running already.
   * @throws {Problem} The game is not stored.
   * @throws {DOMException} AbortError, when the member cancelled it before it was sent.
   */
  const createOnce = async (draft: Draft, pictures: PictureChanges): Promise<TaggedGame | undefined> => {
    // The service may have stored the last attempt by now.
    if (sentGame.current && !(await isMissing(sentGame.current))) return undefined;
    try {
      const saved = await run((signal) => create(draft, pictures, signal));
      if (saved) sentGame.current = null;
      return saved;
    } catch (error) {
      if (!sentGame.current) throw error;
      if (error instanceof Problem && !mayBeStored(error)) {
        sentGame.current = null;
        changeDraft(draftKey, { sent: null }, draft);
        throw error;
      }

      const { title } = sentGame.current.values;
      const reason = error instanceof Problem ? error.message : 'Cancelled.';
      if (await isMissing(sentGame.current)) reportFailure(`${reason} ${missing}`, title);
      return undefined;
    }
  };

  const create = (draft: Draft, pictures: PictureChanges, signal: AbortSignal) => {
    const known = client.getQueriesData<TaggedGame>({ queryKey: ['game'] }).flatMap(([, read]) => read?.game.id ?? []);
    const onSend = (sent: SentGame) => {
      sentGame.current = sent;
      sentPictures.current = pictures;
      // A member who closes the page now and returns later must not send the game a second time.
      changeDraft(draftKey, { sent }, draft);
    };
    return createGame({ values: draft.values, pictures, original: draft.original ?? null, hostId: user.id, known }, show, onSend, signal);
  };

  /** Looks for the game, and passes it to the form when it is stored. @returns Whether it is certain that the game is not stored. */
  const isMissing = async (sent: SentGame): Promise<boolean> => {
    try {
      const found = await run((signal) => {
        show({ kind: 'busy', text: 'Looking whether your game is saved…' });
        // The query client retries a failed read: the next connection may fail as well.
        return client.fetchQuery({ queryKey: ['sent game', sent.since], queryFn: () => findGame(sent, signal), staleTime: 0, gcTime: 0 });
      });
      if (found) {
        sentGame.current = null;
        onFound(found, { values: sent.values, pictures: sentPictures.current }, lost);
      }
      return found === null;
    } catch (error) {
      reportUnsure(error instanceof Problem ? error.message : 'Cancelled.', sent.values.title);
      return false;
    }
  };

  const checkAgain = async () => {
    if (sentGame.current && (await isMissing(sentGame.current))) show({ kind: 'failed', reason: missing });
  };

  return { sentGame, createOnce, checkAgain };
}
