import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { onOtherTab, tellTabs } from '../../src/session/tabs';
import { png } from '../images/pictures';
import { aGame, problem, Service } from '../service';
import { open } from '../render';

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

test.each([
  ['', '/games'],
  ['&return_url=%2Fgames%2Fnew%3Fx%3D1', '/games/new?x=1'],
  ['&return_url=%2F%2Fevil.example', '/games'],
  ['&return_url=%2F%5Cevil.example', '/games'],
  ['&return_url=%2F%09%2Fevil.example', '/games'],
  ['&return_url=https%3A%2F%2Fevil.example', '/games'],
])('Signing in that was denied says so, and the next attempt leads to the page of this app that was asked for (%s)', async (query, path) => {
  open(`/sign-in-failed?reason=denied${query}`, signedOut());
  expect(await screen.findByText(/Discord was told not to/)).toBeDefined();
  const { href } = await screen.findByRole<HTMLAnchorElement>('link', { name: 'Sign in with Discord' });
  expect(new URL(href).searchParams.get('return_url')).toBe(path);
});

test('Trying it after signing in failed leads to the games', async () => {
  const { user } = open('/sign-in-failed?reason=failed', signedOut());
  await user.click(await screen.findByRole('button', { name: 'Try it' }));
  expect(await screen.findByText('Game 1')).toBeDefined();
});

test('An error of the session goes when the network is back', async () => {
  const service = new Service().add(aGame(1));
  service.refuse = () => Response.error();
  open('/games', service);
  await screen.findByRole('button', { name: 'Try again' });
  act(() => void dispatchEvent(new Event('offline')));
  act(() => void dispatchEvent(new Event('online')));
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

test('A deletion that waits is sent before signing out, and leaves no notice to whoever comes next', async () => {
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

test('A deletion that is on its way is waited for before signing out', async () => {
  const { user, service } = open(`/games/${aGame(1).id}`, new Service().add(aGame(1)));
  await user.click(await screen.findByRole('button', { name: 'Delete' }));
  let arrive = () => {};
  const arrives = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const answer = fetch;
  vi.stubGlobal('fetch', async (...call: Parameters<typeof fetch>) => {
    if (call[1]?.method === 'DELETE') await arrives;
    return answer(...call);
  });
  act(() => void dispatchEvent(new Event('pagehide')));
  await user.click(screen.getByRole('button', { name: 'Sign out' }));
  arrive();

  expect(await screen.findByRole('link', { name: 'Sign in with Discord' })).toBeDefined();
  expect(service.games).toHaveLength(0);
});

test('Without storage one can sign out', async () => {
  vi.spyOn(window, 'sessionStorage', 'get').mockImplementation(() => {
    throw new DOMException('Storage is switched off.', 'SecurityError');
  });
  const { user } = open('/games');
  await user.click(await screen.findByRole('button', { name: 'Sign out' }));
  expect(await screen.findByRole('link', { name: 'Sign in with Discord' })).toBeDefined();
  vi.restoreAllMocks();
});

test('A session that ends while one writes says so, and the form is there again afterwards', async () => {
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

test('A sign-in in another tab is noticed, and what was chosen is saved', async () => {
  const { user, service } = open(`/games/${aGame(1).id}/edit`, new Service().add(aGame(1)));
  fireEvent.change(await screen.findByLabelText('Thumbnail', { selector: 'input' }), { target: { files: [png(80, 80)] } });
  await screen.findByText(/^picture.png/);
  service.signedIn = false;
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByRole('alertdialog', { name: 'Your session has ended' });

  Object.assign(service, { signedIn: true, token: 'new' });
  tellTabs();
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(service.games[0]!.thumbnail_id).not.toBeNull());
});

test('Where a sign-in in a new tab ends, the other tabs are told, and this one closes if it may', async () => {
  const [told, closed] = [vi.fn<() => void>(), vi.fn<() => void>()];
  vi.stubGlobal('close', closed);
  const stop = onOtherTab(told);
  open('/signed-in', signedOut());

  expect(await screen.findByRole('heading', { name: 'You are signed in' })).toBeDefined();
  await waitFor(() => expect(told).toHaveBeenCalledOnce());
  expect(closed).toHaveBeenCalledOnce();
  stop();
});

const bob = { user: { id: '8', name: 'Bob', avatar_url: null }, token: 'bob', signedIn: true };
const bobsDialog = () => screen.findByRole('alertdialog', { name: 'You are signed in as Bob now' });

test('What one user wrote is not saved as another', async () => {
  const { user, service } = open(`/games/${aGame(1).id}/edit`, new Service().add(aGame(1)));
  await user.type(await screen.findByRole('textbox', { name: /^Title/ }), ' with a cat');
  Object.assign(service, bob);
  await user.click(screen.getByRole('button', { name: 'Save' }));

  const dialog = within(await bobsDialog());
  expect((await dialog.findByRole('link', { name: 'Sign in with Discord' })).getAttribute('target')).toBe('_blank');
  await user.keyboard('{Escape}');
  await user.click(await dialog.findByRole('button', { name: 'Go on as Bob' }));

  const title = await screen.findByRole('textbox', { name: /^Title/ });
  expect(title).toHaveProperty('value', 'Game 1');
  expect(service.games[0]!.title).toBe('Game 1');
  expect(sessionStorage.getItem(`draft:7:${aGame(1).id}`)).toContain('with a cat');
  await user.type(title, '!');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(service.games[0]!.title).toBe('Game 1!'));
});

test('What one user has read is not shown to another', async () => {
  const { user, service, client } = open('/games', new Service().add(aGame(1, { title: 'Of Ann' })));
  await screen.findByText('Of Ann');
  Object.assign(service, bob, { games: [] }).add(aGame(2, { title: 'Of Bob' }));
  tellTabs();
  await user.click(within(await bobsDialog()).getByRole('button', { name: 'Go on as Bob' }));

  expect(await screen.findByText('Of Bob')).toBeDefined();
  expect(screen.queryByText('Of Ann')).toBeNull();
  expect(JSON.stringify(client.getQueryCache().getAll().map(({ state }) => state.data))).not.toContain('Of Ann');
  expect(screen.queryByRole('alertdialog')).toBeNull();
});

test('What somebody else has read meanwhile is read again', async () => {
  const { service, client } = open('/games', new Service().add(aGame(1, { title: 'Of Ann' })));
  await screen.findByText('Of Ann');
  const ann = { user: service.user, token: 'new', games: service.games };
  Object.assign(service, bob, { games: [] }).add(aGame(2, { title: 'Of Bob' }));
  tellTabs();
  await bobsDialog();
  await act(() => client.refetchQueries({ queryKey: ['games'] }));
  await screen.findByText('Of Bob');

  Object.assign(service, ann);
  tellTabs();
  expect(await screen.findByText('Of Ann')).toBeDefined();
});

test('A deletion that waits is not sent as somebody else', async () => {
  const { user, service } = open(`/games/${aGame(1).id}`, new Service().add(aGame(1)));
  await user.click(await screen.findByRole('button', { name: 'Delete' }));
  Object.assign(service, bob);
  tellTabs();
  await user.click(within(await bobsDialog()).getByRole('button', { name: 'Go on as Bob' }));

  await screen.findByText(/^“Game 1” was not deleted/);
  expect(service.games).toHaveLength(1);
});

test('Whoever wrote it goes on after somebody else was signed in meanwhile', async () => {
  const { user, service } = open(`/games/${aGame(1).id}/edit`, new Service().add(aGame(1)));
  await user.type(await screen.findByRole('textbox', { name: /^Title/ }), ' with a cat');
  const ann = { user: service.user, token: 'new' };
  Object.assign(service, bob);
  tellTabs();
  await bobsDialog();

  Object.assign(service, ann);
  tellTabs();
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  await user.click(screen.getByRole('button', { name: 'Save' }));
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
  const { user, service } = open(`/games/${aGame(1).id}/edit`, new Service().add(aGame(1)));
  service.refuse = (call) => (call.method === 'PATCH' ? problem(400, { code: 'csrf', detail: 'The token is not the one of this session.' }) : undefined);
  await user.type(await screen.findByRole('textbox', { name: /^Title/ }, { timeout: 10_000 }), '!');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText('The token is not the one of this session.');
  await waitFor(() => expect(service.sent('GET', '/api/v1/session')).toHaveLength(2));
});
