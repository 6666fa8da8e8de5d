import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Game } from '../../src/api/games';
import { png } from '../images/pictures';
import { currentAddress, open } from '../render';
import { aGame, Service } from '../service';
import { choose, edit, fillIn, save, title } from './gameForm';
import { lose } from './lostGame';

const game = aGame(1, { title: 'Root', banner_image_id: 'b', banner_alt: 'A fox in the woods' });
const service = (changes: Partial<Game> = {}) => new Service().add({ ...game, ...changes });

const banner = () => within(screen.getByRole('group', { name: 'Banner' }));
const altText = () => banner().getByRole('textbox', { name: 'Alt text of the banner' });
const write = (text: string) => fireEvent.change(altText(), { target: { value: text } });
const isSaved = () => waitFor(() => expect(currentAddress()).toMatch(/^\/games\/0/));

test('A draft keeps the text of a kept picture, and not that of a picture that it loses', async () => {
  const first = edit(service());
  await title();
  write('A fox and a mouse');
  first.unmount();
  const second = edit(service());
  await title();
  expect(altText()).toHaveProperty('value', 'A fox and a mouse');
  await choose('Banner', png(800, 200));
  write('Another picture');
  second.unmount();
  edit(service());
  await title();
  expect(altText()).toHaveProperty('value', 'A fox in the woods');
});

test('A new game whose response was lost keeps its alt text when the restored form is saved again', async () => {
  const made = new Service();
  const first = open('/games/new', made);
  await fillIn(first.user);
  await choose('Banner', png(800, 200));
  write('A fox');
  const { respond } = made;
  made.respond = (call) => {
    const response = respond.call(made, call);
    return call.url.pathname === '/api/v1/games' ? lose() : response;
  };
  await first.user.click(save());
  await screen.findByText(/did not confirm your game/);
  first.unmount();

  made.respond = respond;
  const { user } = open('/games/new', made);
  await title();
  await user.click(save());
  await isSaved();
  expect(made.games).toMatchObject([{ banner_alt: 'A fox', banner_image_id: expect.any(String) }]);
});

test('A draft of a version of the app that had no alt texts can be saved', async () => {
  const { banner_alt: _, thumbnail_alt: __, banner: ___, thumbnail: ____, ...old } = { ...game, version: 1 };
  const values = { title: 'Root!', scheduled_at: game.scheduled_at, guild_id: '42', channel_id: '5', status: 'scheduled' };
  sessionStorage.setItem(`draft:7:${game.id}`, JSON.stringify({ values, base: { game: old, etag: '"1"' } }));
  const { user, service: made } = edit(service({ banner_alt: null }));
  await title();
  expect(banner().getByRole('img')).toHaveProperty('src', expect.stringMatching(/\/images\/b$/));
  await user.click(save());
  await isSaved();
  expect(made.games[0]!.title).toBe('Root!');
});
