import { act, screen, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { choose } from '../games/gameForm';
import { png } from '../images/pictures';
import { aGame, anImage, problem, Service } from '../service';
import { open } from '../render';

const game = aGame(1, { description: 'In the woods', banner_image_id: 'a', thumbnail_id: 'b' });
const service = () => new Service().add(game, aGame(2));

// jsdom has no colors and no layout, so Browser.Tests checks both.
async function violations() {
  const { violations: found } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
  return found.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}

test.each([
  ['the list', '/games', 'Game 1'],
  ['a game', `/games/${game.id}`, 'In the woods'],
  ['a new game', '/games/new', 'In Discord'],
  ['an edited game', `/games/${game.id}/edit`, 'In Discord'],
  ['a clone', `/games/${game.id}/clone`, 'In Discord'],
  ['a page that is not there', '/nowhere', 'This page does not exist'],
])('axe finds nothing wrong with %s', async (_, path, text) => {
  open(path, service());
  await screen.findAllByText(text);
  expect(await violations()).toEqual([]);
});

test('axe finds nothing wrong with signing in', async () => {
  open('/games', Object.assign(service(), { signedIn: false }));
  await screen.findByRole('button', { name: 'Try it' });
  expect(await violations()).toEqual([]);
});

test('axe finds nothing wrong with a form full of errors, and with its dialog', async () => {
  const { user, service: running } = open(`/games/${game.id}/edit`, service());
  await user.clear(await screen.findByRole('textbox', { name: /^Title/ }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText('A title is required.');
  expect(await violations()).toEqual([]);

  await user.type(screen.getByRole('textbox', { name: /^Title/ }), 'Mine');
  Object.assign(running.games[0]!, { title: 'Theirs', version: 2 });
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByRole('alertdialog');
  expect(await violations()).toEqual([]);
});

test("axe finds nothing wrong with the guild's pictures, and with a failed upload", async () => {
  const running = service();
  running.library = [anImage(1), anImage(2, { games: 2 })];
  const { user } = open(`/games/${game.id}/edit`, running);
  const [opener] = await screen.findAllByRole('button', { name: "Your guild's pictures" });
  await user.click(opener!);
  await within(await screen.findByRole('dialog')).findAllByRole('option');
  expect(await violations()).toEqual([]);

  await user.keyboard('{Escape}');
  running.refuse = ({ method }) => (method === 'POST' ? problem(500, {}) : undefined);
  await choose('Banner', png(800, 200));
  await screen.findByRole('button', { name: 'Try the upload again' });
  expect(await violations()).toEqual([]);
});

test('The first Tab stop skips to the content', async () => {
  const { user } = open('/games', service());
  await screen.findByText('Game 1');
  await user.tab();
  expect(document.activeElement).toHaveProperty('hash', '#main');
});

test('After a navigation the heading has the focus, and the window has the title of the page', async () => {
  const { user } = open('/games', service());
  await user.click(await screen.findByRole('link', { name: 'Game 1' }));
  const heading = await screen.findByRole('heading', { level: 1, name: 'Game 1' });
  await waitFor(() => expect(document.activeElement).toBe(heading));
  expect(document.title).toBe('Game 1 – GameImages');
});

test('The offline notice appears and disappears with the connection', async () => {
  open('/games', service());
  await screen.findByText('Game 1');
  const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  act(() => void dispatchEvent(new Event('offline')));
  expect(screen.getByText(/^You are offline/)).toBeDefined();
  online.mockReturnValue(true);
  act(() => void dispatchEvent(new Event('online')));
  expect(screen.queryByText(/^You are offline/)).toBeNull();
});

test('The chosen theme is applied before the first paint of the next visit', async () => {
  const { user } = open('/games', service());
  await screen.findByText('Game 1');
  await user.click(screen.getByRole('button', { name: 'Dark theme' }));
  expect(document.documentElement.className).toBe('dark');

  document.documentElement.className = '';
  new Function(readFileSync('public/start.js', 'utf8'))();
  expect(document.documentElement.className).toBe('dark');
});
