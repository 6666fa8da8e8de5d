import { act, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { aGame, problem, Service } from '../service';
import { goTo, open } from '../render';

const game = aGame(1, {
  title: 'Root',
  description: 'In the woods',
  location: 'Table 3',
  max_players: 5,
  expected_duration_minutes: 150,
  banner_image_id: 'b',
});
const details = () => open(`/games/${game.id}`, new Service().add(game));

beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }));
afterEach(() => void vi.useRealTimers());

test('Every field and the banner are shown', async () => {
  details();
  expect(await screen.findByRole('heading', { level: 1, name: 'Root' })).toBeDefined();
  for (const text of ['In the woods', 'Board gamers', 'Table 3', 'at most 5', '2h 30m', game.channel_id]) expect(screen.getByText(text)).toBeDefined();
  expect(screen.getByRole('img', { name: 'Banner of Root' })).toHaveProperty('width', 1200);
});

test('A picture that does not come leaves a placeholder, and is tried once more after the limit has passed', async () => {
  details();
  fireEvent.error(await screen.findByRole('img', { name: 'Banner of Root' }));
  expect(screen.getByRole('img', { name: 'Banner of Root, not available now' }).tagName).toBe('DIV');

  act(() => void vi.advanceTimersByTime(61_000));
  fireEvent.error(screen.getByRole('img', { name: 'Banner of Root' }));
  act(() => void vi.advanceTimersByTime(200_000));
  expect(screen.getByRole('img', { name: 'Banner of Root, not available now' })).toBeDefined();
});

test('A deleted game leaves the list at once, and the service after 6 seconds', async () => {
  const { user, service } = details();
  await user.click(await screen.findByRole('button', { name: 'Delete' }));
  expect(await screen.findByText('No games yet')).toBeDefined();

  await act(() => vi.advanceTimersByTimeAsync(5000));
  expect(service.sent('DELETE', '/api')).toHaveLength(0);
  await act(() => vi.advanceTimersByTimeAsync(1500));
  expect(service.sent('DELETE', '/api').map((call) => call.headers.get('If-Match'))).toEqual(['"1"']);
  expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
});

test('Undo, which has the focus, keeps the game', async () => {
  const { user, service } = details();
  await user.click(await screen.findByRole('button', { name: 'Delete' }));
  await screen.findByText('No games yet');
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Undo' }));
  await user.keyboard('{Enter}');

  expect(await screen.findByRole('link', { name: 'Root' })).toBeDefined();
  await act(() => vi.advanceTimersByTimeAsync(10_000));
  expect(service.games).toHaveLength(1);
});

test('Leaving the page deletes at once, and only once', async () => {
  const { user, service } = details();
  await user.click(await screen.findByRole('button', { name: 'Delete' }));
  act(() => void dispatchEvent(new Event('pagehide')));
  expect(service.sent('DELETE', '/api')).toHaveLength(1);
  await act(() => vi.advanceTimersByTimeAsync(10_000));
  expect(service.sent('DELETE', '/api')).toHaveLength(1);
});

/** Deletes the game, and comes back to the page before the service has heard of it. */
async function comeBack(page: string) {
  const opened = details();
  await opened.user.click(await screen.findByRole('button', { name: 'Delete' }));
  await screen.findByText('No games yet');
  await goTo(page);
  await screen.findByText('This game is being deleted.');
  return opened;
}

test.each([
  [`/games/${game.id}`, 'Edit', 'link'],
  [`/games/${game.id}/edit`, 'Save', 'button'],
])('At %s of a game that is being deleted it can be kept, and nothing else', async (page, action, role) => {
  const { user, service } = await comeBack(page);
  expect(screen.queryByRole(role, { name: action })).toBeNull();
  await user.click(within(screen.getByRole('main')).getByRole('button', { name: 'Undo' }));

  expect(await screen.findByRole(role, { name: action })).toBeDefined();
  await act(() => vi.advanceTimersByTimeAsync(10_000));
  expect(service.games).toHaveLength(1);
});

test.each([`/games/${game.id}`, `/games/${game.id}/edit`])('At %s one sees that the game has been deleted', async (page) => {
  await comeBack(page);
  await act(() => vi.advanceTimersByTimeAsync(6500));
  expect(await screen.findByText(/^There is no such game/)).toBeDefined();
  expect(screen.queryByText('This game is being deleted.')).toBeNull();
});

test('A key that is held on Delete does not undo it', async () => {
  const { user } = details();
  await user.click(await screen.findByRole('button', { name: 'Delete' }));
  const undo = await screen.findByRole('button', { name: 'Undo' });
  expect(fireEvent.keyDown(undo, { key: 'Enter', repeat: true })).toBe(false);
  expect(fireEvent.keyDown(undo, { key: 'Enter' })).toBe(true);
});

test('A deletion that is refused says so, and the game is back', async () => {
  const { user, service } = details();
  await user.click(await screen.findByRole('button', { name: 'Delete' }));
  await screen.findByText('No games yet');
  service.refuse = (call) => (call.method === 'DELETE' ? problem(412, { detail: 'Game 1 was changed since the version that the request expects.' }) : undefined);
  await act(() => vi.advanceTimersByTimeAsync(6500));
  expect(await screen.findByText('“Root” was not deleted. Somebody else changed it meanwhile.')).toBeDefined();
  expect(await screen.findByRole('link', { name: 'Root' })).toBeDefined();
});

test.each(['/games/nope', '/games/nope/edit'])('A game that is not there says so, and leads to the others: %s', async (path) => {
  open(path);
  expect(await screen.findByText('There is no such game, or it is not one of your guilds’.')).toBeDefined();
  expect(screen.getByRole('link', { name: 'To the games' })).toHaveProperty('pathname', '/games');
  expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
});
