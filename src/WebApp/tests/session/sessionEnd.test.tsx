import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { notifyTabs } from '../../src/session/tabs';
import { png } from '../images/pictures';
import { aGame, problem, Service } from '../service';
import { open } from '../render';

test('A form survives the end of its session', async () => {
  const { user, service } = open(`/games/${aGame(1).id}/edit`, new Service().add(aGame(1)));
  await user.type(await screen.findByRole('textbox', { name: /^Title/ }), ' with a cat');
  service.signedIn = false;
  await user.click(screen.getByRole('button', { name: 'Save' }));

  const dialog = within(await screen.findByRole('alertdialog', { name: 'Your session has ended' }));
  const link = await dialog.findByRole('link', { name: 'Sign in with Discord' });
  expect(['href', 'target'].map((name) => link.getAttribute(name))).toEqual(['/sign-in?return_url=%2Fsigned-in', '_blank']);
  await user.click(await dialog.findByRole('button', { name: 'Try it' }));

  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  expect(screen.getByDisplayValue('Game 1 with a cat')).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(service.games[0]!.title).toBe('Game 1 with a cat'));
});

test('After a sign-in in another tab, the chosen picture can be saved', async () => {
  const { user, service } = open(`/games/${aGame(1).id}/edit`, new Service().add(aGame(1)));
  fireEvent.change(await screen.findByLabelText('Thumbnail', { selector: 'input' }), { target: { files: [png(80, 80)] } });
  await screen.findByText(/^picture.png/);
  service.signedIn = false;
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByRole('alertdialog', { name: 'Your session has ended' });

  Object.assign(service, { signedIn: true, token: 'new' });
  notifyTabs();
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(service.games[0]!.thumbnail_id).not.toBeNull());
});

test('The form survives a sign-in with Discord, and keeps the version that it started with', async () => {
  const service = new Service().add(aGame(1));
  const before = open(`/games/${aGame(1).id}/edit`, service);
  await before.user.type(await screen.findByRole('textbox', { name: /^Title/ }), '!');
  before.unmount();
  Object.assign(service.games[0]!, { location: 'Elsewhere', version: 2 });

  const { user } = open(`/games/${aGame(1).id}/edit`, service);
  expect(await screen.findByDisplayValue('Game 1!')).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByRole('alertdialog', { name: 'Someone else changed this game' })).toBeDefined();
});

test('A CSRF token that another tab has replaced is read again', async () => {
  const { user, service } = open(`/games/${aGame(1).id}/edit`, new Service().add(aGame(1)));
  const refusal = () => problem(400, { code: 'csrf', detail: 'The token is not the one of this session.' });
  service.refuse = (call) => (call.method === 'PATCH' ? refusal() : undefined);
  await user.type(await screen.findByRole('textbox', { name: /^Title/ }, { timeout: 10_000 }), '!');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText('The token is not the one of this session.');
  await waitFor(() => expect(service.sent('GET', '/api/v1/session')).toHaveLength(2));
});
