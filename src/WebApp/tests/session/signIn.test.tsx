import { act, screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { onSignInElsewhere } from '../../src/session/tabs';
import { aGame, Service } from '../service';
import { open } from '../render';

const signedOut = () => Object.assign(new Service().add(aGame(1)), { signedIn: false });

test('Without a session the page links to Discord, and back to itself', async () => {
  open('/games?status=completed', signedOut());
  const link = await screen.findByRole('link', { name: 'Sign in with Discord' });
  expect(link.getAttribute('href')).toBe('/sign-in?return_url=%2Fgames%3Fstatus%3Dcompleted');
});

test('Only the ways to sign in that the service has are offered', async () => {
  open('/games', Object.assign(signedOut(), { discord: false }));
  expect(await screen.findByRole('button', { name: 'Try it' })).toBeDefined();
  expect(screen.queryByRole('link', { name: 'Sign in with Discord' })).toBeNull();
});

test('Try it signs in during development', async () => {
  const { user } = open('/games', signedOut());
  await user.click(await screen.findByRole('button', { name: 'Try it' }));
  expect(await screen.findByText('Game 1')).toBeDefined();
});

test.each([
  ['', '/games'],
  ['&return_url=%2Fgames%2Fnew%3Fx%3D1', '/games/new?x=1'],
  ['&return_url=%2F%2Fevil.example', '/games'],
  ['&return_url=%2F%5Cevil.example', '/games'],
  ['&return_url=%2F%09%2Fevil.example', '/games'],
  ['&return_url=https%3A%2F%2Fevil.example', '/games'],
])('A denied sign-in is reported, and the next attempt returns only to a page of this app (%s)', async (query, path) => {
  open(`/sign-in-failed?reason=denied${query}`, signedOut());
  expect(await screen.findByText(/You did not allow Discord/)).toBeDefined();
  const { href } = await screen.findByRole<HTMLAnchorElement>('link', { name: 'Sign in with Discord' });
  expect(new URL(href).searchParams.get('return_url')).toBe(path);
});

test('Try it after a failed sign-in leads to the games', async () => {
  const { user } = open('/sign-in-failed?reason=failed', signedOut());
  await user.click(await screen.findByRole('button', { name: 'Try it' }));
  expect(await screen.findByText('Game 1')).toBeDefined();
});

test('An error of the session disappears when the network is back', async () => {
  const service = new Service().add(aGame(1));
  service.refuse = () => Response.error();
  open('/games', service);
  await screen.findByRole('button', { name: 'Try again' });
  act(() => void dispatchEvent(new Event('offline')));
  act(() => void dispatchEvent(new Event('online')));
  expect(await screen.findByText('Game 1')).toBeDefined();
});

test('A sign-in in a new tab notifies the other tabs and closes its own', async () => {
  const notified = vi.fn<() => void>();
  const closed = vi.fn<() => void>();
  vi.stubGlobal('close', closed);
  const stop = onSignInElsewhere(notified);
  open('/signed-in', signedOut());

  expect(await screen.findByRole('heading', { name: 'You are signed in' })).toBeDefined();
  await waitFor(() => expect(notified).toHaveBeenCalledOnce());
  expect(closed).toHaveBeenCalledOnce();
  stop();
});
