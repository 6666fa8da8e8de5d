import { expect, test } from 'vitest';
import { emptyValues, valuesOf } from '../../src/games/form/fields';
import { changeForm, startForm } from '../../src/games/form/gameFormState';
import { noPictureChanges } from '../../src/games/form/pictureChanges';
import { aGame } from '../service';

const values = { ...emptyValues, title: 'Root', scheduled_at: '2099-02-07T19:30:00Z' };
const start = startForm({ values, base: null });
const past = { ...values, scheduled_at: '2020-02-07T19:30:00Z' };
const saved = { game: aGame(1), etag: '"2"' };

test('A new form has the values of the draft and no errors', () => {
  expect(start).toMatchObject({ values, base: null, original: null, errors: {}, dialog: null });
});

test('Only the form of a copy starts with an error for a start in the past', () => {
  expect(startForm({ values: past, base: null }).errors).toEqual({});
  expect(startForm({ values: past, base: null, original: aGame(1) }).errors).toHaveProperty('scheduled_at');
});

test('Changing a field removes its error and no other', () => {
  const refused = changeForm(start, { kind: 'refuse', errors: { title: 'No.', location: 'No.' } });
  const changed = changeForm(refused, { kind: 'changeField', name: 'title', value: 'Roots' });
  expect(changed.values.title).toBe('Roots');
  expect(changed.errors).toEqual({ title: undefined, location: 'No.' });
});

test('Each refusal is counted', () => {
  const once = changeForm(start, { kind: 'refuse', errors: {} });
  expect(changeForm(once, { kind: 'refuse', errors: {} }).refusals).toBe(2);
});

test('A resolved conflict takes the chosen values and the latest version, and closes the dialog', () => {
  const chosen = { values: past, pictures: noPictureChanges };
  const open = changeForm(start, { kind: 'open', dialog: { kind: 'conflict', latest: saved } });
  expect(changeForm(open, { kind: 'resolve', base: saved, chosen })).toMatchObject({ values: past, base: saved, dialog: null });
});

test('After saving, a changed form continues from the saved game with the unsaved changes', () => {
  const copy = startForm({ values, base: null, original: aGame(2) });
  const removed = changeForm(copy, { kind: 'changePicture', name: 'banner', change: { kind: 'remove' } });
  const next = changeForm(removed, { kind: 'continue', saved, values: { title: 'Roots' }, pictures: {} });
  expect(next.values).toEqual({ ...valuesOf(saved.game), title: 'Roots' });
  expect(next).toMatchObject({ base: saved, original: null, pictures: noPictureChanges });
});
