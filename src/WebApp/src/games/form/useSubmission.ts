import { useQueryClient } from '@tanstack/react-query';
import { type Dispatch, type RefObject, useEffect, useRef } from 'react';
import { getGame, type TaggedGame } from '../../api/games';
import { Problem } from '../../api/problem';
import { useAnnounce } from '../../layout/Announcer';
import { useNotices } from '../../layout/Notices';
import { changesSince, type Contents } from './contents';
import { clearDraft, type Draft, type SentGame } from './draft';
import { isAsSent } from './fields';
import type { FormAction } from './gameFormState';
import type { PictureChanges } from './pictureChanges';
import { updateGame } from './updateGame';
import { useNewGame } from './useNewGame';
import { useReports } from './useReports';
import { type Saving, sending, useSaving } from './useSaving';
import { useUploads } from './useUploads';
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

const perhapsSaved = 'Your changes may be saved. Save again to make sure.';

/** Sends the form to the service, and then leaves the form or shows the errors. */
export function useSubmission({ sent: initial, draftKey, contents, dispatch, obstacles, leave }: SubmissionOptions) {
  const { saving, show, run, cancel, isSaving } = useSaving(draftKey);
  const { isLeft, reportFailure, reportUnconfirmed } = useReports(show);
  const { sentGame, create } = useNewGame(initial, draftKey, show);
  const cancelUploads = useUploads(contents.pictures, isSaving);
  const client = useQueryClient();
  const announce = useAnnounce();
  const { notify } = useNotices();

  // The member may change the form while it is being sent.
  const current = useRef(contents);
  useEffect(() => {
    current.current = contents;
  });

  const send = async (draft: Draft, pictures: PictureChanges) => {
    const { base, values } = draft;
    let wasSent = false;
    const watch = (next: Saving) => {
      wasSent ||= next === sending;
      show(next);
    };
    try {
      const result = await run(async (signal) =>
        base
          ? { saved: await updateGame(base, values, pictures, watch, signal), sent: { values, pictures } }
          : create(draft, pictures, signal),
      );
      if (result) finish(result.saved, result.sent);
    } catch (error) {
      const reason = (error as Error).message;
      if (!base && sentGame.current) reportUnconfirmed(reason, values.title);
      else if (error instanceof Problem) await explain(error, draft, pictures);
      else reportFailure(`${reason} ${wasSent ? perhapsSaved : 'Nothing was saved.'}`, values.title);
    } finally {
      if (isLeft.current) cancelUploads();
    }
  };

  /** Leaves the form, unless the member changed it after it was sent. */
  const finish = (saved: TaggedGame, sent: Contents) => {
    client.setQueryData(['game', saved.game.id], saved);
    for (const changed of ['games', 'usage']) void client.invalidateQueries({ queryKey: [changed] });
    const text = `“${saved.game.title}” was saved.`;
    const unsaved = changesSince(sent, current.current);
    const isUnsaved = [unsaved.values, unsaved.pictures].some((changes) => Object.keys(changes).length > 0);
    if (isLeft.current) {
      clearDraft(draftKey);
      notify({ text });
    } else if (isUnsaved || Object.values(obstacles.current).some(Boolean)) {
      dispatch({ kind: 'continue', saved, ...unsaved });
      notify({ text: `${text} Your later changes are not saved yet.` });
    } else {
      announce(text);
      leave(`/games/${saved.game.id}`);
    }
  };

  const explain = async (problem: Problem, draft: Draft, pictures: PictureChanges) => {
    const { title } = draft.values;
    if (problem.status === 412 && draft.base) return compare(draft.base, draft, pictures);

    // The field of a picture shows why it could not be uploaded.
    const isShown = Object.values(pictures).some((change) => change.kind === 'upload' && change.upload.state.kind === 'failed');
    const { errors, reason } = isShown ? { errors: {}, reason: problem.message } : errorsOf(problem, pictures);
    dispatch({ kind: 'refuse', errors });
    if (!isShown || isLeft.current) reportFailure(reason, title);
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

  return { saving, sentGame, send, cancel };
}
