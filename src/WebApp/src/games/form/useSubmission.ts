import { useQueryClient } from '@tanstack/react-query';
import { type Dispatch, type RefObject, useEffect, useRef } from 'react';
import { getGame, type TaggedGame } from '../../api/games';
import { Problem } from '../../api/problem';
import { useAnnounce } from '../../layout/Announcer';
import { useNotices } from '../../layout/Notices';
import { changesSince, type Contents } from './contents';
import { clearDraft, type Draft, type SentGame } from './draft';
import { isAsSent, type PictureChanges } from './fields';
import type { FormAction } from './gameFormState';
import { rememberSavedGame } from './savedGames';
import { updateGame } from './updateGame';
import { useReports } from './useReports';
import { useSaving } from './useSaving';
import { useSentGame } from './useSentGame';
import { type Errors, errorsOf } from './validate';

interface SubmissionOptions {
  /** The game that the restored draft was sent as; null when nothing was sent. */
  sent: SentGame | null;
  draftKey: string;
  contents: Contents;
  dispatch: Dispatch<FormAction>;
  /** Why a picture cannot be saved yet, by its name. */
  obstacles: RefObject<Errors>;
  leave: (to: string) => void;
}

/** Sends the form to the service, and then leaves the form or shows the errors. */
export function useSubmission({ sent: initial, draftKey, contents, dispatch, obstacles, leave }: SubmissionOptions) {
  const { saving, show, run, cancel } = useSaving(draftKey);
  const reports = useReports(show);
  const { isLeft, reportFailure } = reports;
  const { sentGame, createOnce, checkAgain } = useSentGame({
    initial,
    draftKey,
    saving: { run, show },
    reports,
    onFound: (...found) => finish(...found),
  });
  const client = useQueryClient();
  const announce = useAnnounce();
  const { notify } = useNotices();

  // The member may change the form while it is being sent.
  const current = useRef(contents);
  useEffect(() => {
    current.current = contents;
  });

  const send = async (draft: Draft, pictures: PictureChanges, anyway = false) => {
    try {
      const { base, values } = draft;
      const saved = base
        ? await run((signal) => updateGame(base, values, pictures, show, signal))
        : await createOnce(draft, pictures, anyway);
      if (saved) finish(saved, { values, pictures });
    } catch (error) {
      if (error instanceof Problem) await explain(error, draft, pictures);
      else show({ kind: 'failed', reason: 'Cancelled. Nothing was saved.' });
    }
  };

  /**
   * Leaves the form, unless the member changed it after it was sent.
   * @param found The text to show for a game that the app had to search for.
   */
  const finish = (saved: TaggedGame, sent: Contents, found?: string) => {
    client.setQueryData(['game', saved.game.id], saved);
    rememberSavedGame(saved.game.id);
    void client.invalidateQueries({ queryKey: ['games'] });
    const text = found ?? `“${saved.game.title}” was saved.`;
    const unsaved = changesSince(sent, current.current);
    const isUnsaved = [unsaved.values, unsaved.pictures].some((changes) => Object.keys(changes).length > 0);
    if (isLeft.current) {
      clearDraft(draftKey);
      notify({ text });
    } else if (isUnsaved || Object.values(obstacles.current).some(Boolean)) {
      dispatch({ kind: 'continue', saved, ...unsaved });
      notify({ text: `${text} Your later changes are not saved yet.` });
    } else {
      if (found) notify({ text });
      else announce(text);
      leave(`/games/${saved.game.id}`);
    }
  };

  const explain = async (problem: Problem, draft: Draft, pictures: PictureChanges) => {
    const { title } = draft.values;
    if (problem.status === 412 && draft.base) return compare(draft.base, draft, pictures);

    const { errors, reason } = errorsOf(problem, pictures);
    dispatch({ kind: 'refuse', errors });
    if (reason || isLeft.current) reportFailure(reason ?? problem.message, title);
  };

  /** Reads the game whose version has changed. */
  const compare = async (base: TaggedGame, { values }: Draft, pictures: PictureChanges) => {
    try {
      const latest = await getGame(base.game.id);
      // The service made this change before, but its response was lost.
      if (isAsSent(latest.game, values, pictures)) finish(latest, { values, pictures });
      else if (isLeft.current) reportFailure('Someone else changed it in the meantime.', values.title);
      else dispatch({ kind: 'open', dialog: { kind: 'conflict', latest } });
    } catch (error) {
      reportFailure((error as Problem).message, values.title);
    }
  };

  return { saving, sentGame, send, checkAgain, cancel };
}
