import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { aGame, problem, Service } from '../service';
import { Intersections } from '../intersections.ts';
import { currentAddress, open } from '../render';

const titles = () => screen.queryAllByRole('heading', { level: 2 }).map((heading) => heading.textContent);
const many = (count: number) => new Service().add(...Array.from({ length: count }, (_, n) => aGame(n + 1)));

test('A card has the picture, the title, the time, how long until then, the status and the guild', async () => {
  const soon = new Date(Date.now() + 3 * 24 * 60 * 60_000).toISOString();
  const { container } = open('/games', new Service().add(aGame(1, { title: 'Root', thumbnail_id: 'a', scheduled_at: soon })));

  const card = within((await screen.findByRole('link', { name: 'Root' })).closest('li')!);
  expect(card.getByRole('img', { name: 'Thumbnail of Root' })).toHaveProperty('src', expect.stringContaining('/api/v1/public/images/a'));
  expect(card.getByText('Scheduled')).toBeDefined();
  expect(card.getByText('in 3 days')).toBeDefined();
  expect(card.getByText('Board gamers')).toBeDefined();
  expect(container.querySelector('time')!.dateTime).toBe(soon);
});

test('A picture has its size and waits until it is near', async () => {
  const { container } = open('/games', new Service().add(aGame(1, { thumbnail_id: 'a' })));
  await screen.findByText('Game 1');
  const picture = container.querySelector('li img')!;
  expect(['width', 'height', 'loading'].map((name) => picture.getAttribute(name))).toEqual(['320', '240', 'lazy']);
});

test('A game without a thumbnail has no image tag', async () => {
  open('/games', many(1));
  await screen.findByText('Game 1');
  expect(screen.queryByRole('img')).toBeNull();
});

test('While games load there are skeletons', async () => {
  open('/games', many(1));
  expect(await screen.findByText('Loading games…')).toBeDefined();
  await waitFor(() => expect(screen.queryByText('Loading games…')).toBeNull());
});

test('Without games there is a way to plan the first', async () => {
  open('/games');
  expect(await screen.findByRole('link', { name: 'Plan the first one' })).toBeDefined();
});

test('A failure says why and can be tried again', async () => {
  const service = many(1);
  service.refuse = (call) => (call.url.pathname === '/api/v1/games' ? problem(503, { detail: 'The database cannot serve this now.' }) : undefined);
  const { user } = open('/games', service);
  expect(await screen.findByText('The database cannot serve this now.')).toBeDefined();
  await user.click(await screen.findByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('Game 1')).toBeDefined();
});

test('Filters are kept in the address and asked of the service', async () => {
  const service = new Service().add(
    aGame(1, { title: 'Root', guild_id: '43' }),
    aGame(2, { title: 'Roots', guild_id: '42' }),
    aGame(3, { title: 'Azul', guild_id: '43' }),
  );
  const { user } = open('/games', service);
  await user.selectOptions(await screen.findByLabelText('Guild'), 'Dungeon crawlers');
  await user.type(screen.getByLabelText('Title'), 'root');

  await waitFor(() => expect(currentAddress()).toBe('/games?guild_id=43&text=root'));
  await waitFor(() => expect(titles()).toEqual(['Root']));
});

test('A status that is chosen while one types is kept', async () => {
  const { user } = open('/games', new Service().add(aGame(1, { title: 'Root', status: 'completed' }), aGame(2, { title: 'Root' })));
  await user.type(await screen.findByLabelText('Title'), 'root');
  await user.selectOptions(screen.getByLabelText('Status'), 'completed');

  await waitFor(() => expect(currentAddress()).toBe('/games?text=root&status=completed'));
  await user.type(screen.getByLabelText('Title'), 's');
  await waitFor(() => expect(currentAddress()).toBe('/games?text=roots&status=completed'));
  expect(screen.getByLabelText('Status')).toHaveProperty('value', 'completed');
});

test('What is being typed is given up when the address changes from elsewhere', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const { user } = open('/games', many(1));
  await user.type(await screen.findByLabelText('Title'), 'root');
  await user.click(screen.getByRole('link', { name: 'GameImages, all games' }));
  await act(() => vi.advanceTimersByTimeAsync(1000));
  vi.useRealTimers();

  expect(currentAddress()).toBe('/games');
  expect(screen.getByLabelText('Title')).toHaveProperty('value', '');
});

test('What is typed while the address takes up what was typed before is kept', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  open('/games', many(1));
  const title = await screen.findByLabelText('Title');
  fireEvent.change(title, { target: { value: 'ga' } });
  act(() => {
    vi.advanceTimersByTime(300);
    fireEvent.change(title, { target: { value: 'games' } });
  });
  expect(currentAddress()).toBe('/games?text=ga');
  await act(() => vi.advanceTimersByTimeAsync(300));
  vi.useRealTimers();
  expect(currentAddress()).toBe('/games?text=games');
});

test('A guild that one has left, and values that are none, are left out of account', async () => {
  const { service } = open(`/games?guild_id=99&status=nonsense&text=${'x'.repeat(101)}`, many(1));
  expect(await screen.findByText('No game fits')).toBeDefined();
  expect(service.sent('GET', '/api/v1/games').map(({ url }) => url.search)).toEqual([`?limit=24&text=${'x'.repeat(100)}`]);
  expect(screen.getByLabelText('Title')).toHaveProperty('maxLength', 100);
});

test('Filters are read from the address', async () => {
  open('/games?status=completed', new Service().add(aGame(1), aGame(2, { status: 'completed' })));
  await waitFor(() => expect(titles()).toEqual(['Game 2']));
  expect((screen.getByLabelText('Status') as HTMLSelectElement).value).toBe('completed');
});

test('When no game fits, the filters can be cleared', async () => {
  const { user } = open('/games?text=zzz', many(1));
  await user.click(await screen.findByRole('button', { name: 'Show all games' }));
  expect(await screen.findByText('Game 1')).toBeDefined();
  expect(screen.getByLabelText('Title')).toHaveProperty('value', '');
});

test('The next page comes by scrolling, and by the button', async () => {
  const { user } = open('/games', many(60));
  await waitFor(() => expect(titles()).toHaveLength(24));
  act(Intersections.arrive);
  await waitFor(() => expect(titles()).toHaveLength(48));
  await user.click(screen.getByRole('button', { name: 'Show more games' }));
  await waitFor(() => expect(titles()).toHaveLength(60));
  expect(screen.queryByRole('button', { name: 'Show more games' })).toBeNull();
});

test('A next page that fails is asked for again only when somebody presses the button', async () => {
  const { service, user } = open('/games', many(30));
  await waitFor(() => expect(titles()).toHaveLength(24));
  service.refuse = () => Response.error();
  act(Intersections.arrive);
  const again = await screen.findByRole('button', { name: 'Try again' });
  await act(async () => Intersections.arrive());
  expect(service.sent('GET', '/api/v1/games')).toHaveLength(2);
  await user.click(again);
  await waitFor(() => expect(titles()).toHaveLength(30));
});

test.each([
  ['', 'Choose a guild or a status, or search further.'],
  ['&guild_id=42', 'Choose a status, or search further.'],
  ['&status=scheduled', 'Choose a guild, or search further.'],
  ['&guild_id=42&status=scheduled', 'You can search further.'],
])('A search with the filters %j that stopped early suggests only what is not chosen yet', async (filters, suggestion) => {
  const service = new Service();
  service.refuse = (call) => (call.url.searchParams.get('text') ? Response.json({ items: [], next_cursor: '1', refine: true }) : undefined);
  open(`/games?text=game${filters}`, service);
  expect(await screen.findByText(`The search has not looked at all games yet. ${suggestion}`)).toBeDefined();
});

test('How many games there are is announced', async () => {
  open('/games', many(2));
  await waitFor(() => expect(screen.getAllByRole('status').map((status) => status.textContent)).toContain('2 games'));
});

test('A search that stopped early says so and goes on when one asks for it', async () => {
  const service = new Service().add(aGame(1), aGame(2));
  service.refuse = (call) => (call.url.searchParams.get('text') ? Response.json({ items: [], next_cursor: '1', refine: true }) : undefined);
  const { user } = open('/games?text=game', service);

  expect(await screen.findByText(/has not looked at all games yet/)).toBeDefined();
  expect(screen.queryByText('No game fits')).toBeNull();
  await act(async () => Intersections.arrive());
  expect(service.sent('GET', '/api/v1/games')).toHaveLength(1);

  await user.click(screen.getByRole('button', { name: 'Search further' }));
  expect(await screen.findByText('Game 2')).toBeDefined();
  expect(screen.queryByText(/has not looked at all games yet/)).toBeNull();
});
