import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { notifyTabs } from '../../src/session/tabs';
import { aGame, Service } from '../service';
import { open } from '../render';

const bob = { user: { id: '8', name: 'Bob', avatar_url: null }, token: 'bob', signedIn: true };
const bobsDialog = () => screen.findByRole('alertdialog', { name: 'You are now signed in as Bob' });

test('The text of one user is not saved as another user', async () => {
  const { user, service } = open(`/games/${aGame(1).id}/edit`, new Service().add(aGame(1)));
  await user.type(await screen.findByRole('textbox', { name: /^Title/ }), ' with a cat');
  Object.assign(service, bob);
  await user.click(screen.getByRole('button', { name: 'Save' }));

  const dialog = within(await bobsDialog());
  expect((await dialog.findByRole('link', { name: 'Sign in with Discord' })).getAttribute('target')).toBe('_blank');
  await user.keyboard('{Escape}');
  await user.click(await dialog.findByRole('button', { name: 'Continue as Bob' }));

  const title = await screen.findByRole('textbox', { name: /^Title/ });
  expect(title).toHaveProperty('value', 'Game 1');
  expect(service.games[0]!.title).toBe('Game 1');
  expect(sessionStorage.getItem(`draft:7:${aGame(1).id}`)).toContain('with a cat');
  await user.type(title, '!');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(service.games[0]!.title).toBe('Game 1!'));
});

test('The data of one user is not shown to another user', async () => {
  const { user, service, client } = open('/games', new Service().add(aGame(1, { title: 'Of Ann' })));
  await screen.findByText('Of Ann');
  Object.assign(service, bob, { games: [] }).add(aGame(2, { title: 'Of Bob' }));
  notifyTabs();
  await user.click(within(await bobsDialog()).getByRole('button', { name: 'Continue as Bob' }));

  expect(await screen.findByText('Of Bob')).toBeDefined();
  expect(screen.queryByText('Of Ann')).toBeNull();
  expect(JSON.stringify(client.getQueryCache().getAll().map(({ state }) => state.data))).not.toContain('Of Ann');
  expect(screen.queryByRole('alertdialog')).toBeNull();
});

test('Data that was read as another user is read again', async () => {
  const { service, client } = open('/games', new Service().add(aGame(1, { title: 'Of Ann' })));
  await screen.findByText('Of Ann');
  const ann = { user: service.user, token: 'new', games: service.games };
  Object.assign(service, bob, { games: [] }).add(aGame(2, { title: 'Of Bob' }));
  notifyTabs();
  await bobsDialog();
  await act(() => client.refetchQueries({ queryKey: ['games'] }));
  await screen.findByText('Of Bob');

  Object.assign(service, ann);
  notifyTabs();
  expect(await screen.findByText('Of Ann')).toBeDefined();
});

test('A pending deletion is not sent as another user', async () => {
  const { user, service } = open(`/games/${aGame(1).id}`, new Service().add(aGame(1)));
  await user.click(await screen.findByRole('button', { name: 'Delete' }));
  Object.assign(service, bob);
  notifyTabs();
  await user.click(within(await bobsDialog()).getByRole('button', { name: 'Continue as Bob' }));

  await screen.findByText(/^“Game 1” was not deleted/);
  expect(service.games).toHaveLength(1);
});

test('The first user can continue after another user was signed in', async () => {
  const { user, service } = open(`/games/${aGame(1).id}/edit`, new Service().add(aGame(1)));
  await user.type(await screen.findByRole('textbox', { name: /^Title/ }), ' with a cat');
  const ann = { user: service.user, token: 'new' };
  Object.assign(service, bob);
  notifyTabs();
  await bobsDialog();

  Object.assign(service, ann);
  notifyTabs();
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(service.games[0]!.title).toBe('Game 1 with a cat'));
});

test('The draft of one user is not shown to another user', async () => {
  sessionStorage.setItem('draft:8:new', JSON.stringify({ values: { title: 'Secret' }, base: null }));
  open('/games/new');
  expect(await screen.findByRole('textbox', { name: /^Title/ })).toHaveProperty('value', '');
});
