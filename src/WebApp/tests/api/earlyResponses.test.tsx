import { screen, waitFor } from '@testing-library/react';
import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { aGame, problem, Service } from '../service';
import { open, serve } from '../render';

/** Visits the address as a browser does: the requests of start.js have responses before the app is loaded. */
async function visit(path: string, service = new Service().add(aGame(1))) {
  serve(service);
  history.replaceState(null, '', path);
  new Function(readFileSync('public/start.js', 'utf8'))();
  // Lets all responses of the mock arrive.
  await new Promise((resolve) => setTimeout(resolve));
  return service.calls.map(({ url }) => url.pathname + url.search);
}

afterEach(() => history.replaceState(null, '', '/'));

test.each([
  '/',
  '/games',
  '/games?status=scheduled&text=Game%201&guild_id=42&other=1',
])('The requests of the list at %s are sent early, and only once', async (path) => {
  const service = new Service().add(aGame(1));
  const early = await visit(path, service);
  expect(early).toHaveLength(2);

  open(path, service);
  expect(await screen.findByText('Game 1')).toBeDefined();
  expect(service.calls.map(({ url }) => url.pathname + url.search)).toEqual(early);
  expect(window.earlyResponses).toHaveProperty('size', 0);
});

test('An early response that the page does not need is discarded', async () => {
  const service = new Service().add(aGame(1));
  await visit('/games?guild_id=99', service);
  open('/games?guild_id=99', service);
  expect(await screen.findByText('Game 1')).toBeDefined();
  expect(window.earlyResponses).toHaveProperty('size', 0);
});

test.each([
  ['/games/new', ['/api/v1/session']],
  ['/sign-in-failed', []],
  ['/signed-in', []],
])('At %s only the needed requests are sent early', async (path, early) => expect(await visit(path)).toEqual(early));

test('Without a session no list is requested early', async () => {
  const service = Object.assign(new Service().add(aGame(1)), { signedIn: false });
  expect(await visit('/games', service)).toEqual(['/api/v1/session']);

  const { user } = open('/games', service);
  await user.click(await screen.findByRole('button', { name: 'Try it' }));
  expect(await screen.findByText('Game 1')).toBeDefined();
});

test.each([
  ['refused', () => problem(503, { detail: 'The database cannot serve this now.' })],
  ['lost', () => Response.error()],
])('An early request that was %s can be repeated', async (_, respond) => {
  const service = new Service().add(aGame(1));
  service.refuse = ({ url }) => (url.pathname === '/api/v1/games' ? respond() : undefined);
  await visit('/games', service);

  const { user } = open('/games', service);
  await user.click(await screen.findByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(service.sent('GET', '/api/v1/games')).toHaveLength(2));
  expect(await screen.findByText('Game 1')).toBeDefined();
});
