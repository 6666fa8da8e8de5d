import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { aGame, problem, Service } from '../service';
import { currentAddress, open } from '../render';

const signedOut = () => Object.assign(new Service().add(aGame(1)), { signedIn: false });

test('Whoever is not signed in is led to Discord and back to the page', async () => {
  open('/games?status=completed', signedOut());
  const link = await screen.findByRole('link', { name: 'Sign in with Discord' });
  expect(link.getAttribute('href')).toBe('/sign-in?return_url=%2Fgames%3Fstatus%3Dcompleted');
});

test('Ways to sign in that the service does not have are not offered', async () => {
  open('/games', Object.assign(signedOut(), { discord: false }));
  expect(await screen.findByRole('button', { name: 'Try it' })).toBeDefined();
  expect(screen.queryByRole('link', { name: 'Sign in with Discord' })).toBeNull();
});

test('In development one can try it', async () => {
  const { user } = open('/games', signedOut());
  await user.click(await screen.findByRole('button', { name: 'Try it' }));
  expect(await screen.findByText('Game 1')).toBeDefined();
});

test('Signing in that was denied says so', async () => {
  open('/sign-in-failed?reason=denied', signedOut());
  expect(await screen.findByText(/Discord was told not to/)).toBeDefined();
  expect(await screen.findByRole('link', { name: 'Sign in with Discord' })).toHaveProperty('href', expect.stringContaining('return_url=%2Fgames'));
});

test('Trying it after signing in failed leads to the games', async () => {
  const { user } = open('/sign-in-failed?reason=failed', signedOut());
  await user.click(await screen.findByRole('button', { name: 'Try it' }));
  expect(await screen.findByText('Game 1')).toBeDefined();
});

test('Signing out takes what was read and written along', async () => {
  const { user, client } = open('/games/new', new Service());
  await user.type(await screen.findByRole('textbox', { name: /^Title/ }), 'Half');
  await user.click(screen.getByRole('button', { name: 'Sign out' }));
  expect(await screen.findByRole('link', { name: 'Sign in with Discord' })).toBeDefined();
  expect(sessionStorage).toHaveLength(0);
  expect(client.getQueryData(['session'])).toBeNull();
});

test('A session that ends while one writes says so, and the form is there again afterwards', async () => {
  const { user, service } = open(`/games/${aGame(1).id}/edit`, new Service().add(aGame(1)));
  await user.type(await screen.findByRole('textbox', { name: /^Title/ }), ' with a cat');
  service.signedIn = false;
  await user.click(screen.getByRole('button', { name: 'Save' }));

  const dialog = within(await screen.findByRole('alertdialog', { name: 'Your session has ended' }));
  const link = await dialog.findByRole('link', { name: 'Sign in with Discord' });
  expect(link.getAttribute('href')).toContain(encodeURIComponent(currentAddress()));
  await user.click(await dialog.findByRole('button', { name: 'Try it' }));

  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  expect(screen.getByDisplayValue('Game 1 with a cat')).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(service.games[0]!.title).toBe('Game 1 with a cat'));
});

test('The form survives the way over Discord, in the version that it began with', async () => {
  const service = new Service().add(aGame(1));
  const before = open(`/games/${aGame(1).id}/edit`, service);
  await before.user.type(await screen.findByRole('textbox', { name: /^Title/ }), '!');
  before.unmount();
  Object.assign(service.games[0]!, { location: 'Elsewhere', version: 2 });

  const { user } = open(`/games/${aGame(1).id}/edit`, service);
  expect(await screen.findByDisplayValue('Game 1!')).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByRole('alertdialog', { name: 'Somebody else changed this game meanwhile' })).toBeDefined();
});

test('The draft of one user is not shown to another', async () => {
  sessionStorage.setItem('draft:8:new', JSON.stringify({ values: { title: 'Secret' }, base: null }));
  open('/games/new');
  expect(await screen.findByRole('textbox', { name: /^Title/ })).toHaveProperty('value', '');
});

test('A token that another tab has replaced is read again', async () => {
  const { user, service } = open(`/games/${aGame(1).id}`, new Service().add(aGame(1)));
  service.refuse = (call) => (call.method === 'POST' ? problem(400, { code: 'csrf', detail: 'The token is not the one of this session.' }) : undefined);
  await user.click(await screen.findByRole('button', { name: 'Clone' }));
  await screen.findByText('The token is not the one of this session.');
  await waitFor(() => expect(service.sent('GET', '/api/v1/session')).toHaveLength(2));
});
