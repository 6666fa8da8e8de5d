import { act, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { aVariedSource } from '../images/sources';
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
  for (const text of ['In the woods', 'Board gamers', 'Table 3', 'up to 5', '2h 30m', game.channel_id])
    expect(screen.getByText(text)).toBeDefined();
  expect(screen.getByRole('img', { name: 'Banner of Root' })).toHaveProperty('width', 1200);
});

test('Both pictures are loaded first, in the size that the page shows', async () => {
  const service = new Service().add({ ...game, thumbnail_id: 't' });
  service.shown = { b: aVariedSource(1600, 640), t: aVariedSource(1600, 640, '/t') };
  open(`/games/${game.id}`, service);
  const banner = await screen.findByRole('img', { name: 'Banner of Root' });
  expect(banner.getAttribute('srcset')).toMatch(/1280\.webp 1280w, .*a\.jpg 1600w$/);
  expect(banner.getAttribute('sizes')).toBe('(max-width: 78rem) calc(1 * 92vw), calc(1 * 73rem)');
  const thumbnail = screen.getByRole('img', { name: 'Thumbnail of Root' });
  expect(thumbnail.getAttribute('sizes')).toMatch(/, calc\(2\.5 \* 7rem\)$/);
  for (const picture of [banner, thumbnail])
    expect(['loading', 'fetchpriority'].map((name) => picture.getAttribute(name))).toEqual(['eager', 'high']);
});

test('A picture that fails to load is replaced with a placeholder, and is loaded once more after the rate limit has passed', async () => {
  details();
  fireEvent.error(await screen.findByRole('img', { name: 'Banner of Root' }));
  expect(screen.getByRole('img', { name: 'Banner of Root, not available now' }).tagName).toBe('DIV');

  act(() => void vi.advanceTimersByTime(61_000));
  fireEvent.error(screen.getByRole('img', { name: 'Banner of Root' }));
  act(() => void vi.advanceTimersByTime(200_000));
  expect(screen.getByRole('img', { name: 'Banner of Root, not available now' })).toBeDefined();
});

test('A deleted game disappears from the list at once, and from the service after 6 seconds', async () => {
  const { user, service } = details();
  await user.click(await screen.findByRole('button', { name: 'Delete' }));
  expect(await screen.findByText('No games yet')).toBeDefined();

  await act(() => vi.advanceTimersByTimeAsync(5000));
  expect(service.sent('DELETE', '/api')).toHaveLength(0);
  await act(() => vi.advanceTimersByTimeAsync(1500));
  expect(service.sent('DELETE', '/api').map((call) => call.headers.get('If-Match'))).toEqual(['"1"']);
  expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
});

test('Undo has the focus and keeps the game', async () => {
  const { user, service } = details();
  await user.click(await screen.findByRole('button', { name: 'Delete' }));
  await screen.findByText('No games yet');
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Undo' }));
  await user.keyboard('{Enter}');

  expect(await screen.findByRole('link', { name: 'Root' })).toBeDefined();
  await act(() => vi.advanceTimersByTimeAsync(10_000));
  expect(service.games).toHaveLength(1);
});

test('Leaving the page sends the deletion at once, and only once', async () => {
  const { user, service } = details();
  await user.click(await screen.findByRole('button', { name: 'Delete' }));
  act(() => void dispatchEvent(new Event('pagehide')));
  expect(service.sent('DELETE', '/api')).toHaveLength(1);
  await act(() => vi.advanceTimersByTimeAsync(10_000));
  expect(service.sent('DELETE', '/api')).toHaveLength(1);
});

/** Deletes the game, and returns to its page before the deletion is sent. */
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
])('At %s of a game that is being deleted, Undo is the only action', async (page, action, role) => {
  const { user, service } = await comeBack(page);
  expect(screen.queryByRole(role, { name: action })).toBeNull();
  await user.click(within(screen.getByRole('main')).getByRole('button', { name: 'Undo' }));

  expect(await screen.findByRole(role, { name: action })).toBeDefined();
  await act(() => vi.advanceTimersByTimeAsync(10_000));
  expect(service.games).toHaveLength(1);
});

test.each([`/games/${game.id}`, `/games/${game.id}/edit`])('At %s the page shows that the game has been deleted', async (page) => {
  await comeBack(page);
  await act(() => vi.advanceTimersByTimeAsync(6500));
  expect(await screen.findByText(/^This game does not exist/)).toBeDefined();
  expect(screen.queryByText('This game is being deleted.')).toBeNull();
});

test('A key that is held down on Delete does not press Undo', async () => {
  const { user } = details();
  await user.click(await screen.findByRole('button', { name: 'Delete' }));
  const undo = await screen.findByRole('button', { name: 'Undo' });
  expect(fireEvent.keyDown(undo, { key: 'Enter', repeat: true })).toBe(false);
  expect(fireEvent.keyDown(undo, { key: 'Enter' })).toBe(true);
});

test('A rejected deletion is reported, and the game is shown again', async () => {
  const { user, service } = details();
  await user.click(await screen.findByRole('button', { name: 'Delete' }));
  await screen.findByText('No games yet');
  const changed = () => problem(412, { detail: 'Game 1 was changed since the version that the request expects.' });
  service.refuse = (call) => (call.method === 'DELETE' ? changed() : undefined);
  await act(() => vi.advanceTimersByTimeAsync(6500));
  expect(await screen.findByText('“Root” was not deleted. Someone else changed it in the meantime.')).toBeDefined();
  expect(await screen.findByRole('link', { name: 'Root' })).toBeDefined();
});

test.each(['/games/nope', '/games/nope/edit'])('A game that does not exist is reported, with a link to the others: %s', async (path) => {
  open(path);
  expect(await screen.findByText('This game does not exist, or it belongs to a guild that you are not a member of.')).toBeDefined();
  expect(screen.getByRole('link', { name: 'See all games' })).toHaveProperty('pathname', '/games');
  expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
});
