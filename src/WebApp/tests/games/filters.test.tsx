import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { aGame, type Call, Service } from '../service';
import { Intersections } from '../intersections.ts';
import { currentAddress, open } from '../render';

const titles = () => screen.queryAllByRole('heading', { level: 2 }).map((heading) => heading.textContent);
const many = (count: number) => new Service().add(...Array.from({ length: count }, (_, n) => aGame(n + 1)));

/** The response to a search that stopped before it found a game. */
const stopEarly = (call: Call) =>
  call.url.searchParams.get('text') ? Response.json({ items: [], next_cursor: '1', refine: true }) : undefined;

test('Filters are kept in the address and sent to the service', async () => {
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

test('A status that is chosen while the member types is kept', async () => {
  const { user } = open('/games', new Service().add(aGame(1, { title: 'Root', status: 'completed' }), aGame(2, { title: 'Root' })));
  await user.type(await screen.findByLabelText('Title'), 'root');
  await user.selectOptions(screen.getByLabelText('Status'), 'completed');

  await waitFor(() => expect(currentAddress()).toBe('/games?text=root&status=completed'));
  await user.type(screen.getByLabelText('Title'), 's');
  await waitFor(() => expect(currentAddress()).toBe('/games?text=roots&status=completed'));
  expect(screen.getByLabelText('Status')).toHaveProperty('value', 'completed');
});

test('A navigation replaces the text that the member is typing', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const { user } = open('/games', many(1));
  await user.type(await screen.findByLabelText('Title'), 'root');
  await user.click(screen.getByRole('link', { name: 'GameImages, all games' }));
  await act(() => vi.advanceTimersByTimeAsync(1000));
  vi.useRealTimers();

  expect(currentAddress()).toBe('/games');
  expect(screen.getByLabelText('Title')).toHaveProperty('value', '');
});

test('Text that is typed while the address changes to the earlier text is kept', async () => {
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

test('An unknown guild, an unknown status and a text over the limit in the address are not sent', async () => {
  const { service } = open(`/games?guild_id=99&status=nonsense&text=${'x'.repeat(101)}`, many(1));
  expect(await screen.findByText('No matching games')).toBeDefined();
  expect(service.sent('GET', '/api/v1/games').map(({ url }) => url.search)).toEqual([`?limit=24&text=${'x'.repeat(100)}`]);
  expect(screen.getByLabelText('Title')).toHaveProperty('maxLength', 100);
});

test('A text of blanks only is not sent', async () => {
  const { service } = open('/games?text=%20%20', many(1));
  expect(await screen.findByText('Game 1')).toBeDefined();
  expect(service.sent('GET', '/api/v1/games').map(({ url }) => url.search)).toEqual(['?limit=24']);
});

test('Filters are read from the address', async () => {
  open('/games?status=completed', new Service().add(aGame(1), aGame(2, { status: 'completed' })));
  await waitFor(() => expect(titles()).toEqual(['Game 2']));
  expect((screen.getByLabelText('Status') as HTMLSelectElement).value).toBe('completed');
});

test('The filters can be cleared when no game matches', async () => {
  const { user } = open('/games?text=zzz', many(1));
  await user.click(await screen.findByRole('button', { name: 'Show all games' }));
  expect(await screen.findByText('Game 1')).toBeDefined();
  expect(screen.getByLabelText('Title')).toHaveProperty('value', '');
});

test.each([
  ['', 'Choose a guild or a status, or continue the search.'],
  ['&guild_id=42', 'Choose a status, or continue the search.'],
  ['&status=scheduled', 'Choose a guild, or continue the search.'],
  ['&guild_id=42&status=scheduled', 'You can continue the search.'],
])('A search with the filters %j that stopped early suggests only the filters that are not set', async (filters, suggestion) => {
  const service = new Service();
  service.refuse = stopEarly;
  open(`/games?text=game${filters}`, service);
  expect(await screen.findByText(`Some games have not been searched yet. ${suggestion}`)).toBeDefined();
});

test('A search that stopped early continues only when the member presses the button', async () => {
  const service = new Service().add(aGame(1), aGame(2));
  service.refuse = stopEarly;
  const { user } = open('/games?text=game', service);

  expect(await screen.findByText(/have not been searched yet/)).toBeDefined();
  expect(screen.queryByText('No matching games')).toBeNull();
  await act(async () => Intersections.arrive());
  expect(service.sent('GET', '/api/v1/games')).toHaveLength(1);

  await user.click(screen.getByRole('button', { name: 'Continue the search' }));
  expect(await screen.findByText('Game 2')).toBeDefined();
  expect(screen.queryByText(/have not been searched yet/)).toBeNull();
});
