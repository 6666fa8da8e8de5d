import { act, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { aGame, problem, Service } from '../service';
import { open } from '../render';

test('Signing out removes the drafts and the data that was read', async () => {
  const { user, client } = open('/games/new', new Service());
  await user.type(await screen.findByRole('textbox', { name: /^Title/ }), 'Half');
  await user.click(screen.getByRole('button', { name: 'Sign out' }));
  expect(await screen.findByRole('link', { name: 'Sign in with Discord' })).toBeDefined();
  expect(sessionStorage).toHaveLength(0);
  expect(client.getQueryData(['session'])).toBeNull();
});

test('A pending deletion is sent before signing out, and leaves no notice to the next user', async () => {
  const { user, service } = open(`/games/${aGame(1).id}`, new Service().add(aGame(1, { title: 'Secret' }), aGame(2)));
  await user.click(await screen.findByRole('button', { name: 'Delete' }));
  await user.click(await screen.findByRole('link', { name: 'Game 2' }));
  service.refuse = (call) => (call.method === 'DELETE' ? problem(412, {}) : undefined);
  await user.click(await screen.findByRole('button', { name: 'Delete' }));
  await user.click(screen.getByRole('button', { name: 'Sign out' }));

  expect(await screen.findByRole('link', { name: 'Sign in with Discord' })).toBeDefined();
  expect(service.games.map(({ title }) => title)).toEqual(['Secret']);
  expect(screen.queryByText(/Secret|Game 2/)).toBeNull();
});

test('Signing out waits for a deletion that was sent', async () => {
  const { user, service } = open(`/games/${aGame(1).id}`, new Service().add(aGame(1)));
  await user.click(await screen.findByRole('button', { name: 'Delete' }));
  let arrive = () => {};
  const arrives = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const send = fetch;
  vi.stubGlobal('fetch', async (...call: Parameters<typeof fetch>) => {
    if (call[1]?.method === 'DELETE') await arrives;
    return send(...call);
  });
  act(() => void dispatchEvent(new Event('pagehide')));
  await user.click(screen.getByRole('button', { name: 'Sign out' }));
  arrive();

  expect(await screen.findByRole('link', { name: 'Sign in with Discord' })).toBeDefined();
  expect(service.games).toHaveLength(0);
});

test('Signing out works without storage', async () => {
  vi.spyOn(window, 'sessionStorage', 'get').mockImplementation(() => {
    throw new DOMException('Storage is switched off.', 'SecurityError');
  });
  const { user } = open('/games');
  await user.click(await screen.findByRole('button', { name: 'Sign out' }));
  expect(await screen.findByRole('link', { name: 'Sign in with Discord' })).toBeDefined();
  vi.restoreAllMocks();
});
