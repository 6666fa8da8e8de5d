import type { Game, TaggedGame } from '../../api/games';
import { altFields, type PictureName } from '../pictures';
import { isPast } from '../time';
import type { Contents } from './contents';
import type { Draft } from './draft';
import { type FieldName, type Values, valuesOf } from './fields';
import { noPictureChanges, type PictureChange, type PictureChanges } from './pictureChanges';
import type { Errors } from './validate';

/** The dialog over the form. */
export type FormDialog =
  /** The start has passed. */
  | { kind: 'pastStart' }
  | { kind: 'discard' }
  /** The service has a newer version of the game than the form. */
  | { kind: 'conflict'; latest: TaggedGame };

export interface FormState extends Contents {
  /** The game that is being changed, as it was read; null for a new game. */
  base: TaggedGame | null;
  /** The game that a new one is a copy of. */
  original: Game | null;
  errors: Errors;
  /** Counts refusals, since each one moves the focus. */
  refusals: number;
  dialog: FormDialog | null;
}

export type FormAction =
  | { kind: 'changeField'; name: FieldName; value: string }
  | { kind: 'changePicture'; name: PictureName; change: PictureChange }
  | { kind: 'clearError'; name: PictureName }
  | { kind: 'tidy'; values: Values }
  | { kind: 'refuse'; errors: Errors }
  | { kind: 'open'; dialog: FormDialog }
  | { kind: 'close' }
  /** The member chose between two versions of the game. */
  | { kind: 'resolve'; base: TaggedGame; chosen: Contents }
  /** The game was saved, and the member changed the form in the meantime. */
  | { kind: 'continue'; saved: TaggedGame; values: Partial<Values>; pictures: Partial<PictureChanges> };

const pastStart = 'This start time has passed. Choose a new one.';

export function startForm({ values, base, original = null }: Draft): FormState {
  const errors = original && isPast(values.scheduled_at) ? { scheduled_at: pastStart } : {};
  return { values, pictures: noPictureChanges, base, original, errors, refusals: 0, dialog: null };
}

export function changeForm(state: FormState, action: FormAction): FormState {
  switch (action.kind) {
    case 'changeField':
      return { ...state, values: { ...state.values, [action.name]: action.value }, errors: without(state.errors, action.name) };
    case 'changePicture':
      return changePicture(state, action.name, action.change);
    case 'clearError':
      return { ...state, errors: without(state.errors, action.name) };
    case 'tidy':
      return { ...state, values: action.values };
    case 'refuse':
      return { ...state, errors: action.errors, refusals: state.refusals + 1 };
    case 'open':
      return { ...state, dialog: action.dialog };
    case 'close':
      return { ...state, dialog: null };
    case 'resolve':
      return { ...state, ...action.chosen, base: action.base, dialog: null };
    case 'continue':
      return {
        ...state,
        values: { ...valuesOf(action.saved.game), ...action.values },
        pictures: { ...noPictureChanges, ...action.pictures },
        base: action.saved,
        original: null,
      };
  }
}

/** The game whose pictures are shown as long as they are kept. */
export const picturedGame = ({ base, original }: Pick<FormState, 'base' | 'original'>) => base?.game ?? original;

/** A text describes one picture, so another picture starts without a text, and the kept one has its own again. */
function changePicture(state: FormState, name: PictureName, change: PictureChange): FormState {
  const alt = altFields[name];
  const game = picturedGame(state);
  const text = change.kind === 'keep' && game ? valuesOf(game)[alt] : '';
  return {
    ...state,
    values: state.values[alt] === text ? state.values : { ...state.values, [alt]: text },
    pictures: { ...state.pictures, [name]: change },
    errors: without(without(state.errors, name), alt),
  };
}

const without = (errors: Errors, name: string): Errors => ({ ...errors, [name]: undefined });
