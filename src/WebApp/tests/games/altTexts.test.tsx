import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Game } from '../../src/api/games';
import { png } from '../images/pictures';
import { currentAddress, goTo, open } from '../render';
import { aGame, problem, Service } from '../service';
import { choose, edit, fillIn, save, saves, title } from './gameForm';

const game = aGame(1, { title: 'Root', banner_image_id: 'b', banner_alt: 'A fox in the woods' });
const service = (changes: Partial<Game> = {}) => new Service().add({ ...game, ...changes });

const banner = () => within(screen.getByRole('group', { name: 'Banner' }));
const altText = () => banner().getByRole('textbox', { name: 'Alt text of the banner' });
const write = (text: string) => fireEvent.change(altText(), { target: { value: text } });
const button = (name: string) => banner().getByRole('button', { name });
const isSaved = () => waitFor(() => expect(currentAddress()).toMatch(/^\/games\/0/));

test('A picture has a field for its alt text, with a hint and a counter', async () => {
  edit(service());
  await title();
  expect(altText()).toHaveProperty('value', game.banner_alt);
  const hint = document.getElementById(altText().getAttribute('aria-describedby')!.split(' ')[0]!)!;
  expect(hint.textContent).toMatch(/^For people who do not see the picture\. Say what it shows in one short sentence/);
  expect(hint.textContent).toMatch(/18 of 1,000 characters\.$/);
  expect(screen.queryByRole('textbox', { name: 'Alt text of the thumbnail' })).toBeNull();
});

test('A changed alt text is saved alone, and an empty one is removed', async () => {
  const { user, service: made } = edit(service());
  await title();
  write('A fox and a mouse');
  await user.click(save());
  await isSaved();
  expect(saves(made)[0]!.body).toEqual({ banner_alt: 'A fox and a mouse' });

  await user.click(await screen.findByRole('link', { name: 'Edit' }));
  await title();
  write('  ');
  await user.click(save());
  await isSaved();
  expect(saves(made)[1]!.body).toEqual({ banner_alt: null });
});

test('A new game is created with the alt texts of its pictures', async () => {
  const { user, service: made } = open('/games/new');
  await fillIn(user);
  await choose('Banner', png(800, 200));
  write('A fox');
  await user.click(save());
  await isSaved();
  expect(made.games).toMatchObject([{ banner_alt: 'A fox', thumbnail_alt: null }]);
});

test('A copy keeps the alt text with the picture', async () => {
  const { user, service: made } = open(`/games/${game.id}/clone`, service());
  await title();
  await user.click(save());
  await waitFor(() => expect(made.games).toMatchObject([{}, { banner_image_id: 'b', banner_alt: 'A fox in the woods' }]));
});

test('Another picture starts without an alt text, and the kept one has its own again', async () => {
  const { user } = edit(service());
  await title();
  await choose('Banner', png(800, 200));
  expect(altText()).toHaveProperty('value', '');
  write('A mouse');
  await user.click(button('Remove the banner'));
  expect(banner().queryByRole('textbox')).toBeNull();
  await user.click(button('Keep the old banner'));
  expect(altText()).toHaveProperty('value', 'A fox in the woods');
});

test('A picture that is removed, or replaced with one without an alt text, loses its text', async () => {
  const { user, service: made } = edit(service());
  await title();
  await choose('Banner', png(800, 200));
  await user.click(save());
  await isSaved();
  expect(made.games[0]).toMatchObject({ banner_image_id: made.library[0]!.id, banner_alt: null });

  Object.assign(made.games[0]!, { banner_alt: 'A badger' });
  await goTo(`/games/${game.id}/edit`);
  await title();
  await user.click(button('Remove the banner'));
  await user.click(save());
  await waitFor(() => expect(made.games[0]).toMatchObject({ banner_image_id: null, banner_alt: null }));
});

test('A new picture with the text of the old one keeps it', async () => {
  const { user, service: made } = edit(service());
  await title();
  await choose('Banner', png(800, 200));
  write('A fox in the woods');
  await user.click(save());
  await isSaved();
  expect(made.games[0]).toMatchObject({ banner_image_id: made.library[0]!.id, banner_alt: 'A fox in the woods' });
});

test('A text that is too long is reported at once, to screen readers too, and is not sent', async () => {
  const { user, service: made } = edit(service());
  await title();
  write('🦊'.repeat(1000));
  expect(altText().getAttribute('aria-invalid')).toBeNull();
  write('🦊'.repeat(1001));
  expect(banner().getByText('Enter at most 1000 characters.')).toBeDefined();
  expect(banner().getByText(/1,001 of 1,000 characters\.$/)).toBeDefined();
  expect(screen.getAllByRole('status').map(({ textContent }) => textContent)).toContain(
    'Alt text of the banner: Enter at most 1000 characters.',
  );
  await user.click(save());
  expect(document.activeElement).toBe(altText());
  expect(saves(made)).toHaveLength(0);
});

test('An error of the service is shown at the alt text, until the text or the picture is changed', async () => {
  const { user, service: made } = edit(service());
  await title();
  const refuse = async (text: string) => {
    made.refuse = ({ method }) => (method === 'PATCH' ? problem(400, { errors: { banner_alt: ['Not this.'] } }) : undefined);
    write(text);
    await user.click(save());
    await banner().findByText('Not this.');
    expect(document.activeElement).toBe(altText());
  };
  await refuse('A mouse');
  write('A fox');
  expect(banner().queryByText('Not this.')).toBeNull();
  await refuse('A badger');
  await choose('Banner', png(800, 200));
  expect(banner().queryByText('Not this.')).toBeNull();
});

test('The picture of the game and its preview are described by the alt text', async () => {
  const view = open(`/games/${game.id}`, service());
  expect(await screen.findByRole('img', { name: 'A fox in the woods' })).toBeDefined();
  view.unmount();
  edit(service());
  await title();
  write('A mouse');
  expect(await screen.findByRole('img', { name: 'A mouse' })).toBeDefined();
  expect(banner().getByRole('img', { name: 'Banner of this game' })).toBeDefined();
});

test('The alt text is reached with Tab after the buttons of its picture', async () => {
  const { user } = edit(service());
  await title();
  button('Remove the banner').focus();
  await user.tab();
  expect(document.activeElement).toBe(altText());
});
