import { useQueryClient } from '@tanstack/react-query';
import { lazy, type SyntheticEvent, Suspense, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { getGame, type TaggedGame } from '../../api/games';
import { Problem } from '../../api/problem';
import { useNoStrayDrops } from '../../images/useNoStrayDrops';
import { useAnnounce } from '../../layout/Announcer';
import { Boundary } from '../../layout/Boundary';
import { useNotices } from '../../layout/Notices';
import { useSession } from '../../session/SessionGate';
import { isPast } from '../time';
import { ConflictDialog } from './ConflictDialog';
import { changesSince, type Contents } from './contents';
import { DiscardDialog } from './DiscardDialog';
import { clearDraft, type Draft, readDraft, writeDraft } from './draft';
import { type FieldName, isAsSent, noPictureChanges, type PictureChanges, pictureNames, tidy, valuesOf } from './fields';
import { GameFields } from './GameFields';
import styles from './GameForm.module.css';
import { PastStartDialog } from './PastStartDialog';
import { rememberSavedGame } from './savedGames';
import { SaveBar } from './SaveBar';
import { updateGame } from './updateGame';
import { useReports } from './useReports';
import { isRunning, useSaving } from './useSaving';
import { useSentGame } from './useSentGame';
import { type Errors, errorsOf, validate } from './validate';

const EmbedPreview = lazy(() => import('./EmbedPreview'));

interface GameFormProps {
  initial: Draft;
  draftKey: string;
  /** Where to go without saving. */
  back: string;
}

const pastStart = 'This start has passed. Choose a new one.';

/** Creates a new game, or changes the one that the draft began with. */
export function GameForm({ initial, draftKey, back }: GameFormProps) {
  const [{ values, base, original = null }, setDraft] = useState(initial);
  const [pictures, setPictures] = useState<PictureChanges>(noPictureChanges);
  const [errors, setErrors] = useState<Errors>(() => (original && isPast(values.scheduled_at) ? { scheduled_at: pastStart } : {}));
  const [refusals, setRefusals] = useState(0);
  const [asksForPast, setAsksForPast] = useState<{ anyway: boolean } | null>(null);
  const [asksToDiscard, setAsksToDiscard] = useState(false);
  const [latest, setLatest] = useState<TaggedGame | null>(null);
  const { saving, show, run, cancel } = useSaving(draftKey);
  const reports = useReports(show);
  const { isLeft, reportFailure } = reports;
  const { sentGame, createOnce, checkAgain } = useSentGame({
    initial: initial.sent ?? null,
    draftKey,
    saving: { run, show },
    reports,
    onFound: (...found) => finish(...found),
  });
  const { user } = useSession();
  const obstacles = useRef<Errors>({});
  const form = useRef<HTMLFormElement>(null);
  const client = useQueryClient();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const { notify } = useNotices();
  const current = useRef({ values, pictures });
  useNoStrayDrops();

  useEffect(() => {
    current.current = { values, pictures };
  }, [values, pictures]);

  useEffect(() => {
    if (values !== initial.values) writeDraft(draftKey, { values, base, original, sent: sentGame.current });
  }, [draftKey, initial, values, base, original, sentGame]);

  // These dialogs protect a draft when the session ends. The network, or this version of the app, may be unavailable by then.
  useEffect(() => {
    void Promise.allSettled([import('../../session/SessionEndedDialog'), import('../../session/OtherUserDialog')]);
  }, []);

  // Moves the focus after a refusal only, not while the member corrects a field.
  useEffect(() => {
    if (refusals > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-refused="true"]')?.focus();
  }, [refusals]);

  const leave = (to: string) => {
    clearDraft(draftKey);
    // The Back button must not return to a form that was left. The page that replaces it is shown from its top.
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
    setDraft({ values: { ...values, [name]: value }, base, original });
    clearError(name);
  };

  const refuse = (found: Errors) => {
    setErrors(found);
    setRefusals(refusals + 1);
  };

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (isRunning(saving)) return;
    if (saving.kind === 'unsure') void checkAgain();
    else save();
  };

  /** @param anyway Whether the member accepts that a new game may be stored twice. */
  const save = (anyway = false) => {
    const tidied = tidy(values);
    setDraft({ values: tidied, base, original });
    const found = { ...validate(tidied), ...obstacles.current };
    if (Object.values(found).some(Boolean)) return refuse(found);

    const isMoved = tidied.scheduled_at !== base?.game.scheduled_at;
    if (isMoved && isPast(tidied.scheduled_at)) setAsksForPast({ anyway });
    else void send({ values: tidied, base, original }, pictures, anyway);
  };

  const send = async (draft: Draft, changes: PictureChanges, anyway = false) => {
    try {
      const { base: before, values: after } = draft;
      const saved = before
        ? await run((signal) => updateGame(before, after, changes, show, signal))
        : await createOnce(draft, changes, anyway);
      if (saved) finish(saved, { values: after, pictures: changes });
    } catch (error) {
      if (error instanceof Problem) await explain(error, draft, changes);
      else show({ kind: 'failed', reason: 'Cancelled. Nothing was saved.' });
    }
  };

  /** Leaves the form, unless the member changed it since it was sent. @param lost The text to show when the answer got lost. */
  const finish = (saved: TaggedGame, sent: Contents, lost?: string) => {
    client.setQueryData(['game', saved.game.id], saved);
    rememberSavedGame(saved.game.id);
    void client.invalidateQueries({ queryKey: ['games'] });
    const text = lost ?? `${saved.game.title} is saved.`;
    const unsaved = changesSince(sent, current.current);
    const isUnsaved = [unsaved.values, unsaved.pictures].some((changes) => Object.keys(changes).length > 0);
    if (isLeft.current) {
      clearDraft(draftKey);
      notify({ text });
    } else if (isUnsaved || Object.values(obstacles.current).some(Boolean)) {
      setDraft({ values: { ...valuesOf(saved.game), ...unsaved.values }, base: saved });
      setPictures({ ...noPictureChanges, ...unsaved.pictures });
      notify({ text: `${text} What you changed since is not saved yet.` });
    } else {
      if (lost) notify({ text });
      else announce(text);
      leave(`/games/${saved.game.id}`);
    }
  };

  const explain = async (problem: Problem, draft: Draft, changes: PictureChanges) => {
    const { title } = draft.values;
    if (problem.status === 412 && draft.base) {
      try {
        const found = await getGame(draft.base.game.id);
        // The service made this change before, and only its answer got lost.
        if (isAsSent(found.game, draft.values, changes)) finish(found, { values: draft.values, pictures: changes });
        else if (isLeft.current) reportFailure('Somebody else changed it meanwhile.', title);
        else setLatest(found);
      } catch (error) {
        reportFailure((error as Problem).message, title);
      }
      return;
    }

    const { errors: found, reason } = errorsOf(problem, changes);
    refuse(found);
    if (reason || isLeft.current) reportFailure(reason ?? problem.message, title);
  };

  const pictured = base?.game ?? original;
  const host = base ? (base.game.host_name ?? base.game.host_id) : user.name;

  return (
    <div className={styles.columns}>
      <form ref={form} className={styles.form} noValidate onSubmit={submit}>
        <GameFields
          values={values}
          base={base?.game ?? null}
          pictured={pictured}
          host={host}
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
        <SaveBar saving={saving} onCancel={cancel} onSendAgain={() => save(true)} onDiscard={discard} />
      </form>

      <aside className={styles.preview} aria-label="Preview">
        <Boundary fallback={<p>The preview could not be loaded.</p>}>
          <Suspense>
            <EmbedPreview values={values} host={host} game={pictured} pictures={pictures} />
          </Suspense>
        </Boundary>
      </aside>

      {asksForPast && (
        <PastStartDialog
          start={values.scheduled_at}
          onClose={() => setAsksForPast(null)}
          onSave={() => {
            setAsksForPast(null);
            void send({ values, base, original }, pictures, asksForPast.anyway);
          }}
        />
      )}
      {asksToDiscard && (
        <DiscardDialog mayBeSaved={sentGame.current !== null} onClose={() => setAsksToDiscard(false)} onDiscard={() => leave(back)} />
      )}
      {latest && base && (
        <ConflictDialog
          base={base.game}
          mine={{ values, pictures }}
          theirs={latest.game}
          onClose={() => setLatest(null)}
          onSave={(chosen) => {
            const draft = { values: chosen.values, base: latest, original };
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
