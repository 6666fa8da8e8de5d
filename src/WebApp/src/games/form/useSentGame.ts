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
import { readSavedGames } from './savedGames';
import type { Reports } from './useReports';
import type { useSaving } from './useSaving';

interface SentGameOptions {
  /** The game that the restored draft was sent as; null when nothing was sent. */
  initial: SentGame | null;
  draftKey: string;
  saving: Pick<ReturnType<typeof useSaving>, 'run' | 'show'>;
  reports: Reports;
  /** Called when the service has stored the game although its response was lost, with a text that says so. */
  onFound: (found: TaggedGame, sent: Contents, text: string) => void;
}

const foundText = 'Your game was saved, although the confirmation did not arrive.';

/** Without a response, or with an error of a server, the service may have stored the game. A rejected game is not stored. */
const mayBeStored = ({ status }: Problem) => status === 0 || status >= 500;

/** Creates a new game once: when the response is lost, the app searches for the game before it sends the game again. */
export function useSentGame({ initial, draftKey, saving, reports, onFound }: SentGameOptions) {
  const { run, show } = saving;
  const { reportMissing, reportUnsure } = reports;
  const client = useQueryClient();
  const { user } = useSession();
  // The game that may be stored, until a response says whether it is. Its pictures are unknown after the page was closed.
  const sentGame = useRef(initial);
  const sentPictures = useRef(noPictureChanges);

  /**
   * @param anyway The member wants to send the game, although an earlier attempt may be stored.
   * @returns undefined when there is nothing to do: the member was informed, or the game is already being saved.
   * @throws {Problem} The game is not stored.
   * @throws {DOMException} AbortError, when the member cancelled it before it was sent.
   */
  const createOnce = async (draft: Draft, pictures: PictureChanges, anyway: boolean): Promise<TaggedGame | undefined> => {
    const earlier = sentGame.current;
    // The service may have stored the earlier attempt by now.
    if (earlier && !anyway && !(await isMissing(earlier))) return undefined;
    try {
      const saved = await run((signal) => create(draft, pictures, signal));
      if (saved) sentGame.current = null;
      return saved;
    } catch (error) {
      if (!sentGame.current) throw error;
      if (error instanceof Problem && !mayBeStored(error)) {
        // The rejection does not say whether the earlier attempt is stored.
        sentGame.current = earlier;
        changeDraft(draftKey, { sent: earlier }, draft);
        throw error;
      }

      const { title } = sentGame.current.values;
      const reason = error instanceof Problem ? error.message : 'Cancelled.';
      if (await isMissing(sentGame.current)) reportMissing(title, reason);
      return undefined;
    }
  };

  const create = (draft: Draft, pictures: PictureChanges, signal: AbortSignal) => {
    const read = client.getQueriesData<TaggedGame>({ queryKey: ['game'] }).flatMap(([, tagged]) => tagged?.game.id ?? []);
    const known = [...new Set([...read, ...readSavedGames()])];
    const onSend = (sent: SentGame) => {
      sentGame.current = sent;
      sentPictures.current = pictures;
      // A member who closes the page now and returns later must not send the game a second time.
      changeDraft(draftKey, { sent }, draft);
    };
    return createGame({ values: draft.values, pictures, original: draft.original ?? null, hostId: user.id, known }, show, onSend, signal);
  };

  /** Searches for the game, and passes it to the form when it is stored. @returns Whether the game is certainly not stored. */
  const isMissing = async (sent: SentGame): Promise<boolean> => {
    try {
      const found = await run((signal) => {
        show({ kind: 'busy', text: 'Checking whether your game was saved…' });
        const queryFn = () => findGame(sent, signal);
        // The query client retries a failed search, since the next connection may fail as well.
        return client.fetchQuery({ queryKey: ['sent game', sent.since], queryFn, staleTime: 0, gcTime: 0 });
      });
      if (found) {
        sentGame.current = null;
        onFound(found, { values: sent.values, pictures: sentPictures.current }, foundText);
      }
      return found === null;
    } catch (error) {
      reportUnsure(error instanceof Problem ? error.message : 'Cancelled.', sent.values.title);
      return false;
    }
  };

  const checkAgain = async () => {
    const sent = sentGame.current;
    if (sent && (await isMissing(sent))) reportMissing(sent.values.title);
  };

  return { sentGame, createOnce, checkAgain };
}
