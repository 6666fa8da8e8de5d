import { useQueryClient } from '@tanstack/react-query';
import { lazy, type SyntheticEvent, Suspense, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { getGame, type TaggedGame } from '../../api/games';
import { Problem } from '../../api/problem';
import { useNoStrayDrops } from '../../images/useNoStrayDrops';
import { useAnnounce } from '../../layout/Announcer';
import { Boundary } from '../../layout/Boundary';
import { useNotices } from '../../layout/Notices';
import { isPast } from '../time';
import { ConflictDialog } from './ConflictDialog';
import { DiscardDialog } from './DiscardDialog';
import { clearDraft, type Draft, readDraft, writeDraft } from './draft';
import { changedFields, type FieldName, isAsSent, noPictureChanges, pick, type PictureChanges, pictureNames, tidy, toBody, toCreate, toUpdate, type Values, valuesOf } from './fields';
import { GameFields } from './GameFields';
import styles from './GameForm.module.css';
import { PastStartDialog } from './PastStartDialog';
import { SaveBar } from './SaveBar';
import { useSaving } from './useSaving';
import { type Errors, errorsOf, validate } from './validate';

const EmbedPreview = lazy(() => import('./EmbedPreview'));

interface GameFormProps {
  initial: Draft;
  draftKey: string;
  /** Where to go without saving. */
  back: string;
}

/** Makes a new game, or changes the one that the draft began with. */
export function GameForm({ initial, draftKey, back }: GameFormProps) {
  const [{ values, base }, setDraft] = useState(initial);
  const [pictures, setPictures] = useState<PictureChanges>(noPictureChanges);
  const [errors, setErrors] = useState<Errors>({});
  const [refusals, setRefusals] = useState(0);
  const [asksForPast, setAsksForPast] = useState(false);
  const [asksToDiscard, setAsksToDiscard] = useState(false);
  const [latest, setLatest] = useState<TaggedGame | null>(null);
  const { saving, save, fail, cancel } = useSaving();
  const obstacles = useRef<Errors>({});
  const form = useRef<HTMLFormElement>(null);
  const client = useQueryClient();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const { notify } = useNotices();
  const isLeft = useRef(false);
  const current = useRef({ values, pictures });
  useNoStrayDrops();

  useEffect(() => {
    isLeft.current = false;
    return () => {
      isLeft.current = true;
    };
  }, []);

  useEffect(() => {
    current.current = { values, pictures };
  }, [values, pictures]);

  useEffect(() => {
    if (values !== initial.values) writeDraft(draftKey, { values, base });
  }, [draftKey, initial, values, base]);

  // When they are needed, the network or this version of the app may be gone, and what is written waits for them.
  useEffect(() => {
    void Promise.allSettled([import('../../session/SessionEndedDialog'), import('../../session/OtherUserDialog')]);
  }, []);

  // Only after a refusal, not while somebody is mending it.
  useEffect(() => {
    if (refusals > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-refused="true"]')?.focus();
  }, [refusals]);

  const leave = (to: string) => {
    clearDraft(draftKey);
    // Back does not lead into a form that is done with; what comes in its place begins at its top as well.
    void navigate(to, { replace: true });
    scrollTo(0, 0);
  };

  const discard = () => {
    const isChanged = values !== initial.values || readDraft(draftKey) !== null || pictureNames.some((name) => pictures[name].kind !== 'keep');
    if (isChanged) setAsksToDiscard(true);
    else leave(back);
  };

  const clearError = (name: string) => setErrors((all) => ({ ...all, [name]: undefined }));

  const change = (name: FieldName, value: string) => {
    setDraft({ values: { ...values, [name]: value }, base });
    clearError(name);
  };

  const refuse = (found: Errors) => {
    setErrors(found);
    setRefusals(refusals + 1);
  };

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (saving.kind === 'sending') return;
    const tidied = tidy(values);
    setDraft({ values: tidied, base });
    const found = { ...validate(tidied, !base), ...obstacles.current };
    if (Object.values(found).some(Boolean)) return refuse(found);

    const isMoved = tidied.scheduled_at !== base?.game.scheduled_at;
    if (isMoved && isPast(tidied.scheduled_at)) setAsksForPast(true);
    else void send({ values: tidied, base }, pictures);
  };

  const send = async (draft: Draft, changes: PictureChanges) => {
    const fields = draft.base ? toUpdate(valuesOf(draft.base.game), draft.values) : toCreate(draft.values);
    try {
      const saved = await save({ body: toBody(fields, changes), base: draft.base ? { id: draft.base.game.id, etag: draft.base.etag } : undefined });
      if (!saved) return;
      client.setQueryData(['game', saved.game.id], saved);
      void client.invalidateQueries({ queryKey: ['games'] });
      finish(saved, draft.values, changes);
    } catch (error) {
      await explain(error as Problem, draft, changes);
    }
  };

  /** An upload goes on when its form is left, and the form when it was changed since. */
  const finish = (saved: TaggedGame, sent: Values, changes: PictureChanges) => {
    const text = `${saved.game.title} is saved.`;
    const now = current.current;
    const changed = changedFields(sent, now.values);
    const chosen = pictureNames.filter((name) => now.pictures[name] !== changes[name]);
    if (isLeft.current) {
      clearDraft(draftKey);
      notify({ text });
    } else if (changed.length > 0 || chosen.length > 0 || Object.values(obstacles.current).some(Boolean)) {
      setDraft({ values: { ...valuesOf(saved.game), ...pick(now.values, changed) }, base: saved });
      setPictures({ ...noPictureChanges, ...Object.fromEntries(chosen.map((name) => [name, now.pictures[name]])) });
      notify({ text: `${text} What you changed since is not saved yet.` });
    } else {
      announce(text);
      leave(`/games/${saved.game.id}`);
    }
  };

  const explain = async (problem: Problem, draft: Draft, changes: PictureChanges) => {
    const tell = (reason: string) => {
      if (isLeft.current) notify({ text: `${draft.values.title} is not saved: ${reason} What you wrote is still in the form.` });
      else fail(reason);
    };

    if (problem.status === 412 && draft.base) {
      try {
        const found = await getGame(draft.base.game.id);
        // Its answer got lost the last time.
        if (isAsSent(found.game, draft.values, changes)) finish(found, draft.values, changes);
        else if (isLeft.current) tell('Somebody else changed it meanwhile.');
        else setLatest(found);
      } catch (error) {
        tell((error as Problem).message);
      }
      return;
    }

    const { errors: found, reason } = errorsOf(problem, changes);
    refuse(found);
    const maybeSaved = problem.status === 0 && !draft.base;
    if (maybeSaved) tell(`${problem.message} If it got lost on the way back, the game is in the list already.`);
    else if (reason || isLeft.current) tell(reason ?? problem.message);
  };

  return (
    <div className={styles.columns}>
      <form ref={form} className={styles.form} noValidate onSubmit={submit}>
        <GameFields
          values={values}
          base={base?.game ?? null}
          pictures={pictures}
          errors={errors}
          onChange={change}
          onPictureChange={(name, picture) => {
            setPictures((all) => ({ ...all, [name]: picture }));
            clearError(name);
          }}
          onPictureObstacle={(name, obstacle) => {
            obstacles.current[name] = obstacle;
            clearError(name);
          }}
        />
        <SaveBar saving={saving} onCancel={cancel} onDiscard={discard} />
      </form>

      <aside className={styles.preview} aria-label="Preview">
        <Boundary fallback={<p>The preview could not be loaded.</p>}>
          <Suspense>
            <EmbedPreview values={values} game={base?.game ?? null} pictures={pictures} />
          </Suspense>
        </Boundary>
      </aside>

      {asksForPast && (
        <PastStartDialog
          start={values.scheduled_at}
          onClose={() => setAsksForPast(false)}
          onSave={() => {
            setAsksForPast(false);
            void send({ values, base }, pictures);
          }}
        />
      )}
      {asksToDiscard && <DiscardDialog onClose={() => setAsksToDiscard(false)} onDiscard={() => leave(back)} />}
      {latest && base && (
        <ConflictDialog
          base={base.game}
          mine={{ values, pictures }}
          theirs={latest.game}
          onClose={() => setLatest(null)}
          onSave={(chosen) => {
            const draft = { values: chosen.values, base: latest };
            setLatest(null);
            setDraft(draft);
            setPictures(chosen.pictures);
            void send(draft, chosen.pictures);
          }}
        />
      )}
    </div>
  );
}
