import { type SyntheticEvent, useEffect, useReducer, useRef } from 'react';
import { useNavigate } from 'react-router';
import { useSession } from '../../session/SessionGate';
import { type PictureName, pictureNames } from '../pictures';
import { isPast } from '../time';
import type { Contents } from './contents';
import { clearDraft, type Draft, readDraft, writeDraft } from './draft';
import { type FieldName, tidy, valuesInDraft } from './fields';
import { changeForm, picturedGame, startForm } from './gameFormState';
import type { PictureChange } from './pictureChanges';
import { isRunning } from './useSaving';
import { useSubmission } from './useSubmission';
import { type Errors, validate } from './validate';

export interface GameFormOptions {
  initial: Draft;
  draftKey: string;
  /** Where to go without saving. */
  back: string;
}

/** The state of a form that creates a new game, or changes the one that the draft began with, and what a member can do with it. */
export function useGameForm({ initial, draftKey, back }: GameFormOptions) {
  const [state, dispatch] = useReducer(changeForm, initial, startForm);
  const { values, pictures, base, original, dialog } = state;
  const obstacles = useRef<Errors>({});
  const navigate = useNavigate();
  const { user } = useSession();

  const leave = (to: string) => {
    clearDraft(draftKey);
    // The Back button must not return to a form that was left. The page that replaces it is shown from its top.
    void navigate(to, { replace: true });
    scrollTo(0, 0);
  };

  const submission = useSubmission({ sent: initial.sent ?? null, draftKey, contents: { values, pictures }, dispatch, obstacles, leave });
  const { saving, sentGame, send, cancel } = submission;

  useEffect(() => {
    if (values === initial.values) return;
    const kept = valuesInDraft(values, pictures, picturedGame({ base, original }));
    writeDraft(draftKey, { values: kept, base, original, sent: sentGame.current });
  }, [draftKey, initial, values, pictures, base, original, sentGame]);

  useLoadedSessionDialogs();

  const save = () => {
    const tidied = tidy(values);
    dispatch({ kind: 'tidy', values: tidied });
    const errors = { ...validate(tidied), ...obstacles.current };
    if (Object.values(errors).some(Boolean)) return dispatch({ kind: 'refuse', errors });

    const isMoved = tidied.scheduled_at !== base?.game.scheduled_at;
    if (isMoved && isPast(tidied.scheduled_at)) dispatch({ kind: 'open', dialog: { kind: 'pastStart' } });
    else void send({ values: tidied, base, original }, pictures);
  };

  return {
    state,
    saving,
    pictured: picturedGame(state),
    host: base ? (base.game.host_name ?? base.game.host_id) : user.name,
    /** Whether the game was sent and the service may have stored it. */
    mayBeSaved: () => sentGame.current !== null,
    changeField: (name: FieldName, value: string) => dispatch({ kind: 'changeField', name, value }),
    changePicture: (name: PictureName, change: PictureChange) => dispatch({ kind: 'changePicture', name, change }),
    setObstacle: (name: PictureName, obstacle: string | undefined) => {
      obstacles.current[name] = obstacle;
      dispatch({ kind: 'clearError', name });
    },
    submit: (event: SyntheticEvent) => {
      event.preventDefault();
      if (!isRunning(saving)) save();
    },
    cancel,
    discard: () => {
      const isPictureChanged = pictureNames.some((name) => pictures[name].kind !== 'keep');
      const isChanged = values !== initial.values || readDraft(draftKey) !== null || isPictureChanged;
      if (isChanged) dispatch({ kind: 'open', dialog: { kind: 'discard' } });
      else leave(back);
    },
    leave: () => leave(back),
    closeDialog: () => dispatch({ kind: 'close' }),
    acceptPastStart: () => {
      dispatch({ kind: 'close' });
      void send({ values, base, original }, pictures);
    },
    resolveConflict: (chosen: Contents) => {
      if (dialog?.kind !== 'conflict') return;
      dispatch({ kind: 'resolve', base: dialog.latest, chosen });
      void send({ values: chosen.values, base: dialog.latest, original }, chosen.pictures);
    },
  };
}

/** Loads the dialogs that protect a draft when the session ends: later, the network or this version of the app may be unavailable. */
function useLoadedSessionDialogs() {
  useEffect(() => {
    void Promise.allSettled([import('../../session/SessionEndedDialog'), import('../../session/OtherUserDialog')]);
  }, []);
}
