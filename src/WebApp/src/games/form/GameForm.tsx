import { useQueryClient } from '@tanstack/react-query';
import { lazy, type SyntheticEvent, Suspense, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { findGame } from '../../api/findGame';
import { getGame, type TaggedGame } from '../../api/games';
import { Problem } from '../../api/problem';
import { saveGame } from '../../api/saveGame';
import { useNoStrayDrops } from '../../images/useNoStrayDrops';
import { useAnnounce } from '../../layout/Announcer';
import { Boundary } from '../../layout/Boundary';
import { useNotices } from '../../layout/Notices';
import { useSession } from '../../session/SessionGate';
import { isPast } from '../time';
import { ConflictDialog } from './ConflictDialog';
import { createGame } from './createGame';
import { DiscardDialog } from './DiscardDialog';
import { changeDraft, clearDraft, type Draft, readDraft, type SentGame, writeDraft } from './draft';
import {
  changedFields,
  type FieldName,
  isAsSent,
  noPictureChanges,
  pick,
  type PictureChanges,
  pictureNames,
  tidy,
  toBody,
  toUpdate,
  type Values,
  valuesOf,
} from './fields';
import { GameFields } from './GameFields';
import styles from './GameForm.module.css';
import { PastStartDialog } from './PastStartDialog';
import { SaveBar } from './SaveBar';
import { isRunning, useSaving } from './useSaving';
import { type Errors, errorsOf, validate } from './validate';

const EmbedPreview = lazy(() => import('./EmbedPreview'));

interface GameFormProps {
  initial: Draft;
  draftKey: string;
  /** Where to go without saving. */
  back: string;
}

const pastStart = 'This start has passed. Choose a new one.';

/** No answer, or one that leaves it open, as that of a proxy which lost the service. What is refused is not stored. */
const mayBeStored = ({ status }: Problem) => status === 0 || status >= 500;

/** Makes a new game, or changes the one that the draft began with. */
export function GameForm({ initial, draftKey, back }: GameFormProps) {
  const [{ values, base, original = null }, setDraft] = useState(initial);
  const [pictures, setPictures] = useState<PictureChanges>(noPictureChanges);
  const [errors, setErrors] = useState<Errors>(() => (original && isPast(values.scheduled_at) ? { scheduled_at: pastStart } : {}));
  const [refusals, setRefusals] = useState(0);
  const [asksForPast, setAsksForPast] = useState(false);
  const [asksToDiscard, setAsksToDiscard] = useState(false);
  const [latest, setLatest] = useState<TaggedGame | null>(null);
  const { saving, show, run, cancel } = useSaving(draftKey);
  const { user } = useSession();
  const obstacles = useRef<Errors>({});
  const form = useRef<HTMLFormElement>(null);
  const client = useQueryClient();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const { notify } = useNotices();
  const isLeft = useRef(false);
  const current = useRef({ values, pictures });
  // A new game that was sent and got no answer, with the pictures that it was sent with, as far as they are known.
  const sentGame = useRef(initial.sent ?? null);
  const sentPictures = useRef(noPictureChanges);
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
    if (values !== initial.values) writeDraft(draftKey, { values, base, original, sent: sentGame.current });
  }, [draftKey, initial, values, base, original]);

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
    if (saving.kind === 'unsure') return void checkAgain();
    const tidied = tidy(values);
    setDraft({ values: tidied, base, original });
    const found = { ...validate(tidied), ...obstacles.current };
    if (Object.values(found).some(Boolean)) return refuse(found);

    const isMoved = tidied.scheduled_at !== base?.game.scheduled_at;
    if (isMoved && isPast(tidied.scheduled_at)) setAsksForPast(true);
    else void send({ values: tidied, base, original }, pictures);
  };

  const send = async (draft: Draft, changes: PictureChanges) => {
    // Whatever was sent before may be stored by now.
    if (sentGame.current && !(await isMissing())) return;
    try {
      const saved = await run((signal) => (draft.base ? update(draft.base, draft.values, changes, signal) : create(draft, changes, signal)));
      if (saved) finish(saved, draft.values, changes);
    } catch (error) {
      if (error instanceof Problem) await explain(error, draft, changes);
      else if (sentGame.current) await explainLost('Cancelled.');
      else fail('Cancelled. Nothing was saved.');
    }
  };

  const update = ({ game, etag }: TaggedGame, after: Values, changes: PictureChanges, signal: AbortSignal) => {
    show({ kind: 'sending', sent: 0 });
    const body = toBody(toUpdate(valuesOf(game), after), changes);
    return saveGame({ body, base: { id: game.id, etag }, onProgress: (sent) => show({ kind: 'sending', sent }), signal });
  };

  const create = (draft: Draft, changes: PictureChanges, signal: AbortSignal) => {
    const known = client.getQueriesData<TaggedGame>({ queryKey: ['game'] }).flatMap(([, read]) => read?.game.id ?? []);
    const onSend = (sent: SentGame) => {
      sentGame.current = sent;
      sentPictures.current = changes;
      // Whoever closes the page now, and comes back, must not send it once more.
      changeDraft(draftKey, { sent }, draft);
    };
    return createGame({ values: draft.values, pictures: changes, original, hostId: user.id, known }, show, onSend, signal);
  };

  const fail = (reason: string) => show({ kind: 'failed', reason });

  /** Looks for the new game whose answer got lost, and goes on with it when it is there. @returns Whether it is not there. */
  const isMissing = async (): Promise<boolean> => {
    const sent = sentGame.current!;
    try {
      const found = await run((signal) => {
        show({ kind: 'busy', text: 'Looking whether your game is saved…' });
        // Read again by itself when it fails, as everything that is read: the next connection may fail as well.
        return client.fetchQuery({ queryKey: ['sent game', sent.since], queryFn: () => findGame(sent, signal), staleTime: 0, gcTime: 0 });
      });
      if (found) finish(found, sent.values, sentPictures.current, 'Your game was saved. Only the answer got lost.');
      return found === null;
    } catch (error) {
      const reason = error instanceof Problem ? error.message : 'Cancelled.';
      if (isLeft.current) notify({ text: `${reason} It is not known yet whether ${sent.values.title} was saved. What you wrote is still in the form.` });
      else show({ kind: 'unsure', reason: `${reason} It is not known yet whether your game was saved.` });
      return false;
    }
  };

  const explainLost = async (reason: string) => {
    if (await isMissing()) tell(`${reason} Your game is not in the list: it was not saved.`, sentGame.current!.values.title);
  };

  const checkAgain = async () => {
    if (await isMissing()) fail('Your game is not in the list: it was not saved.');
  };

  /** Says why something is not saved, wherever one is. */
  const tell = (reason: string, title: string) => {
    if (isLeft.current) notify({ text: `${title} is not saved: ${reason} What you wrote is still in the form.` });
    else fail(reason);
  };

  /** An upload goes on when its form is left, and the form when it was changed since. @param lost What to say when the answer got lost. */
  const finish = (saved: TaggedGame, sent: Values, changes: PictureChanges, lost?: string) => {
    client.setQueryData(['game', saved.game.id], saved);
    void client.invalidateQueries({ queryKey: ['games'] });
    sentGame.current = null;
    const text = lost ?? `${saved.game.title} is saved.`;
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
        // Its answer got lost the last time.
        if (isAsSent(found.game, draft.values, changes)) finish(found, draft.values, changes);
        else if (isLeft.current) tell('Somebody else changed it meanwhile.', title);
        else setLatest(found);
      } catch (error) {
        tell((error as Problem).message, title);
      }
      return;
    }

    if (sentGame.current && mayBeStored(problem)) return explainLost(problem.message);
    if (sentGame.current) {
      sentGame.current = null;
      changeDraft(draftKey, { sent: null }, draft);
    }
    const { errors: found, reason } = errorsOf(problem, changes);
    refuse(found);
    if (reason || isLeft.current) tell(reason ?? problem.message, title);
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
        <SaveBar saving={saving} onCancel={cancel} onDiscard={discard} />
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
          onClose={() => setAsksForPast(false)}
          onSave={() => {
            setAsksForPast(false);
            void send({ values, base, original }, pictures);
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
