import { type ReactNode, type SyntheticEvent, useState } from 'react';
import type { Game, Status } from '../../api/games';
import type { Source } from '../../api/images';
import { boxes } from '../../images/boxes';
import { Picture } from '../../images/Picture';
import { ModalDialog } from '../../layout/ModalDialog';
import { reachable, statusNames } from '../gameStatus';
import { altFields, pictureId, type PictureName, pictureNames, sourceOf } from '../pictures';
import { fullTime } from '../time';
import type { Contents } from './contents';
import styles from './Dialog.module.css';
import { changedFields, type FieldName, labels, pick, valuesOf } from './fields';
import { shownSource } from './pictureChanges';

const fixedStatus = (theirs: string, mine: string) =>
  `The status stays “${theirs}”. A game cannot change from “${theirs}” to “${mine}”.`;

interface ConflictDialogProps {
  /** The game as it was when the form was opened. */
  base: Game;
  mine: Contents;
  theirs: Game;
  onClose: () => void;
  onSave: (chosen: Contents) => void;
}

type Name = FieldName | PictureName;

const isPicture = (name: Name): name is PictureName => name in altFields;

const withText = (name: PictureName): Name[] => [name, altFields[name]];

/** Shows the member's version of a game and the one that was saved in the meantime. The member chooses between them, field by field. */
export function ConflictDialog({ base, mine, theirs, onClose, onSave }: ConflictDialogProps) {
  const theirValues = valuesOf(theirs);
  const edited = new Set<Name>(changedFields(valuesOf(base), mine.values));
  const differing = changedFields(mine.values, theirValues);
  const isStatusFixed = !reachable(theirs.status).includes(mine.values.status as Status);
  const changed = pictureNames.filter((name) => mine.pictures[name].kind !== 'keep');
  const replaced = pictureNames.filter((name) => pictureId(base, name) !== pictureId(theirs, name));
  const pictures = changed.filter((name) => replaced.includes(name));
  // The text of a picture that either of them replaced follows the choice between the pictures.
  const texts = new Set<Name>([...changed, ...replaced].map((name) => altFields[name]));
  const fields = differing.filter((name) => !texts.has(name) && (name !== 'status' || !isStatusFixed));

  // At first, theirs is chosen for the fields that the member did not change.
  const [takesMine, setTakesMine] = useState<ReadonlySet<Name>>(
    new Set([...fields.filter((name) => edited.has(name)), ...changed.flatMap(withText)]),
  );
  const choose = (name: Name, isMine: boolean) => {
    const chosen = isPicture(name) ? withText(name) : [name];
    const others = [...takesMine].filter((other) => !chosen.includes(other));
    setTakesMine(new Set(isMine ? [...others, ...chosen] : others));
  };

  const save = (event: SyntheticEvent) => {
    event.preventDefault();
    const takesTheirs = (name: Name) => !takesMine.has(name);
    const keptPictures = pictures.filter(takesTheirs).map((name) => [name, { kind: 'keep' }]);
    onSave({
      values: { ...mine.values, ...pick(theirValues, differing.filter(takesTheirs)) },
      pictures: { ...mine.pictures, ...Object.fromEntries(keptPictures) },
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

  const hasChoices = fields.length + pictures.length > 0;
  return (
    <ModalDialog title="Someone else changed this game" wide onClose={onClose}>
      {hasChoices && <p>For each field, choose the version to keep. Nothing is saved yet.</p>}
      {!hasChoices && !isStatusFixed && <p>Your changes and theirs fit together. Nothing is saved yet.</p>}
      {isStatusFixed && (
        <p>{fixedStatus(statusNames[theirs.status], statusNames[mine.values.status as Status])}</p>
      )}
      <form className={styles.rows} onSubmit={save}>
        {fields.map((name) => row(name, shown(name, mine.values[name]), shown(name, theirValues[name])))}
        {pictures.map((name) => {
          const label = labels[name].toLowerCase();
          return row(
            name,
            picture(shownSource(mine.pictures[name], null, name), `Your ${label}`),
            picture(sourceOf(theirs, name), `Their ${label}`),
          );
        })}
        <div className={styles.buttons}>
          <button type="submit" className="button primary">
            Save these choices
          </button>
          <button type="button" className="button" onClick={onClose}>
            Back to the form
          </button>
        </div>
      </form>
    </ModalDialog>
  );
}

interface SideProps {
  name: Name;
  title: string;
  checked: boolean;
  onChoose: () => void;
  shown: ReactNode;
}

function Side({ name, title, checked, onChoose, shown: content }: SideProps) {
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

const picture = (source: Source | null, alt: string) =>
  source ? <Picture className={styles.picture} source={source} alt={alt} box={boxes.conflict} /> : nothing;
