import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { png } from '../images/pictures';
import { Service } from '../service';
import { currentAddress } from '../render';
import { choose, edit, game, loseResponse, retype, save, saves, title } from './gameForm';

test('A change whose answer was lost is repeated, and is not a conflict', async () => {
  const { user, service } = edit(new Service().add({ ...game, banner_image_id: 'old' }));
  loseResponse(service);
  await user.type(await title(), '!');
  await user.click(screen.getByRole('button', { name: 'Remove the banner' }));
  await choose('Thumbnail', png(80, 80));
  await user.click(save());
  await waitFor(() => expect(currentAddress()).toBe(`/games/${game.id}`));
  expect(service.games[0]).toMatchObject({ title: 'Root!', banner_image_id: null, thumbnail_id: service.library[0]!.id, version: 2 });
  expect(saves(service)).toHaveLength(2);
});

test('A stale edit shows both versions, and saves the chosen one for each field', async () => {
  const { user, service } = edit();
  await retype(user, await title(), 'Mine');
  await retype(user, screen.getByRole('textbox', { name: 'Where' }), 'My table');
  Object.assign(service.games[0]!, { title: 'Theirs', location: 'Their table', max_players: 9, version: 2 });
  await user.click(save());

  const dialog = within(await screen.findByRole('alertdialog', { name: 'Someone else changed this game' }));
  expect(dialog.getByRole('radio', { name: 'Yours Mine' })).toHaveProperty('checked', true);
  expect(dialog.getByRole('radio', { name: 'Theirs 9' })).toHaveProperty('checked', true);
  await user.click(dialog.getByRole('radio', { name: 'Theirs Their table' }));
  await user.click(dialog.getByRole('button', { name: 'Save these choices' }));

  await waitFor(() => expect(currentAddress()).toBe(`/games/${game.id}`));
  expect(service.games[0]).toMatchObject({ title: 'Mine', location: 'Their table', max_players: 9 });
  expect(saves(service).at(-1)!.body).toEqual({ title: 'Mine' });
  expect(saves(service).at(-1)!.headers.get('If-Match')).toBe('"2"');
});

test('A status that has become impossible is not offered', async () => {
  const { user, service } = edit();
  await retype(user, await title(), 'Mine');
  await user.selectOptions(screen.getByRole('combobox', { name: 'Status' }), 'In progress');
  Object.assign(service.games[0]!, { status: 'cancelled', version: 2 });
  await user.click(save());

  const dialog = within(await screen.findByRole('alertdialog', { name: 'Someone else changed this game' }));
  expect(dialog.getByText('The status stays “Cancelled”. A game cannot change from “Cancelled” to “In progress”.')).toBeDefined();
  expect(dialog.queryByRole('group', { name: 'Status' })).toBeNull();
  await user.click(dialog.getByRole('button', { name: 'Save these choices' }));
  await waitFor(() => expect(currentAddress()).toBe(`/games/${game.id}`));
  expect(saves(service).at(-1)!.body).toEqual({ title: 'Mine' });
});

test('A stale edit offers a choice between pictures', async () => {
  const { user, service } = edit();
  await choose('Banner', png(800, 200));
  Object.assign(service.games[0]!, { banner_image_id: 'theirs', version: 2 });
  await user.click(save());

  const dialog = within(await screen.findByRole('alertdialog'));
  await user.click(dialog.getByRole('radio', { name: /^Theirs/ }));
  await user.click(dialog.getByRole('button', { name: 'Save these choices' }));
  await waitFor(() => expect(currentAddress()).toBe(`/games/${game.id}`));
  expect(service.games[0]!.banner_image_id).toBe('theirs');
});

const described = { ...game, banner_image_id: 'old', banner_alt: 'A fox' };
const altText = () => screen.getByRole('textbox', { name: 'Alt text of the banner' });

test('A stale edit offers a choice between alt texts of the same picture', async () => {
  const { user, service } = edit(new Service().add(described));
  await retype(user, await screen.findByRole('textbox', { name: 'Alt text of the banner' }), 'My fox');
  Object.assign(service.games[0]!, { banner_alt: 'Their fox', version: 2 });
  await user.click(save());
  const dialog = within(await screen.findByRole('alertdialog'));
  expect(dialog.getByRole('group', { name: 'Alt text of the banner' })).toBeDefined();
  expect(dialog.getByRole('radio', { name: 'Yours My fox' })).toHaveProperty('checked', true);
  await user.click(dialog.getByRole('button', { name: 'Save these choices' }));
  await waitFor(() => expect(service.games[0]!.banner_alt).toBe('My fox'));
});

test.each([
  ['Yours', 'My badger'],
  ['Theirs', 'Their badger'],
])('An alt text follows the choice of its picture: %s', async (side, text) => {
  const { user, service } = edit(new Service().add(described));
  await choose('Banner', png(800, 200));
  await user.type(altText(), 'My badger');
  Object.assign(service.games[0]!, { banner_image_id: 'theirs', banner_alt: 'Their badger', version: 2 });
  await user.click(save());
  const dialog = within(await screen.findByRole('alertdialog'));
  expect(dialog.queryByRole('group', { name: 'Alt text of the banner' })).toBeNull();
  await user.click(dialog.getByRole('radio', { name: new RegExp(`^${side}`) }));
  await user.click(dialog.getByRole('button', { name: 'Save these choices' }));
  await waitFor(() => expect(currentAddress()).toBe(`/games/${game.id}`));
  expect(service.games[0]).toMatchObject({ banner_alt: text, banner_image_id: side === 'Theirs' ? 'theirs' : service.library[0]!.id });
});

test('The alt text of a picture that someone else replaced is not given to the new one, and the other way round', async () => {
  const { user, service } = edit(new Service().add({ ...described, thumbnail_id: 'icon', thumbnail_alt: 'A die' }));
  await retype(user, await screen.findByRole('textbox', { name: 'Alt text of the banner' }), 'My fox');
  await choose('Thumbnail', png(80, 80));
  Object.assign(service.games[0]!, { banner_image_id: 'theirs', banner_alt: 'Their badger', thumbnail_alt: 'Two dice', version: 2 });
  await user.click(save());
  const dialog = within(await screen.findByRole('alertdialog'));
  expect(dialog.queryAllByRole('radio')).toEqual([]);
  await user.click(dialog.getByRole('button', { name: 'Save these choices' }));
  await waitFor(() => expect(currentAddress()).toBe(`/games/${game.id}`));
  expect(service.games[0]).toMatchObject({ banner_image_id: 'theirs', banner_alt: 'Their badger', thumbnail_alt: null });
});
