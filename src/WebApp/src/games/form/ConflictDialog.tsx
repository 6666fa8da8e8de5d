import { type ReactNode, type SyntheticEvent, useState } from 'react';
import { type Game, imageUrl, type Status } from '../../api/games';
import { Picture } from '../../images/Picture';
import { ModalDialog } from '../../layout/ModalDialog';
import { reachable, statusNames } from '../gameStatus';
import { fullTime } from '../time';
import type { Contents } from './contents';
import styles from './Dialog.module.css';
import {
  changedFields,
  type FieldName,
  labels,
  type PictureChange,
  pictureId,
  type PictureName,
  pictureNames,
  valuesOf,
} from './fields';

interface ConflictDialogProps {
  /** The game as it was when the form was opened. */
  base: Game;
  mine: Contents;
  theirs: Game;
  onClose: () => void;
  onSave: (chosen: Contents) => void;
}

type Name = FieldName | PictureName;

/** Somebody else saved the game meanwhile: shows both versions, and lets choose for each field. */
export function ConflictDialog({ base, mine, theirs, onClose, onSave }: ConflictDialogProps) {
  const theirValues = valuesOf(theirs);
  const edited = new Set<Name>(changedFields(valuesOf(base), mine.values));
  const differing = changedFields(mine.values, theirValues);
  const isStuck = !reachable(theirs.status).includes(mine.values.status as Status);
  const fields = differing.filter((name) => name !== 'status' || !isStuck);
  const pictures = pictureNames.filter((name) => mine.pictures[name].kind !== 'keep' && pictureId(base, name) !== pictureId(theirs, name));

  // What only the others changed is theirs, unless it is chosen otherwise.
  const [takesMine, setTakesMine] = useState<ReadonlySet<Name>>(new Set([...fields.filter((name) => edited.has(name)), ...pictures]));
  const choose = (name: Name, isMine: boolean) => setTakesMine(new Set(isMine ? [...takesMine, name] : [...takesMine].filter((other) => other !== name)));

  const save = (event: SyntheticEvent) => {
    event.preventDefault();
    onSave({
      values: { ...mine.values, ...Object.fromEntries(differing.filter((name) => !takesMine.has(name)).map((name) => [name, theirValues[name]])) },
      pictures: { ...mine.pictures, ...Object.fromEntries(pictures.filter((name) => !takesMine.has(name)).map((name) => [name, { kind: 'keep' }])) },
    });
  };

  const row = (name: Name, mineShown: ReactNode, theirsShown: ReactNode) => (
    <fieldset key={name} className={styles.row}>
      <legend>{labels[name]}</legend>
      <div className={styles.sides}>
        <Side name={name} title="Yours" checked={takesMine.has(name)} onChoose={() => choose(name, true)} shown={mineShown} />
        <Side name={name} title="Theirs" checked={!takesMine.has(name)} onChoose={() => choose(name, false)} shown={theirsShown} />
      </div>
    </fieldset>
  );

  return (
    <ModalDialog title="Somebody else changed this game meanwhile" wide onClose={onClose}>
      <p>
        {fields.length + pictures.length > 0
          ? 'Choose for each field which version to keep. Nothing is saved yet.'
          : !isStuck && 'They wrote the same as you, or something else than you: both fit together. Nothing is saved yet.'}
      </p>
      {isStuck && (
        <p>
          The status stays {statusNames[theirs.status].toLowerCase()}, as they chose: it cannot become {statusNames[mine.values.status as Status].toLowerCase()} any more.
        </p>
      )}
      <form className={styles.rows} onSubmit={save}>
        {fields.map((name) => row(name, shown(name, mine.values[name]), shown(name, theirValues[name])))}
        {pictures.map((name) => row(name, shownChange(mine.pictures[name], labels[name]), shownImage(pictureId(theirs, name), labels[name])))}
        <div className={styles.buttons}>
          <button type="submit" className="button primary">
            Save what is chosen
          </button>
          <button type="button" className="button" onClick={onClose}>
            Back to the form
          </button>
        </div>
      </form>
    </ModalDialog>
  );
}

function Side({ name, title, checked, onChoose, shown: content }: { name: Name; title: string; checked: boolean; onChoose: () => void; shown: ReactNode }) {
  return (
    <label className={styles.side}>
      <input type="radio" name={name} checked={checked} onChange={onChoose} />
      <strong>{title}</strong>
      <span className={styles.value}>{content}</span>
    </label>
  );
}

const nothing = <em>nothing</em>;

function shown(name: FieldName, value: string): ReactNode {
  if (value === '') return nothing;
  if (name === 'scheduled_at') return fullTime(value);
  return name === 'status' ? statusNames[value as keyof typeof statusNames] : value;
}

const shownChange = (change: PictureChange, label: string) =>
  change.kind === 'replace' ? <Picture src={change.url} alt={`Your ${label.toLowerCase()}`} width={160} height={120} /> : nothing;

const shownImage = (id: string | null, label: string) =>
  id ? <Picture src={imageUrl(id)} alt={`Their ${label.toLowerCase()}`} width={160} height={120} /> : nothing;
