import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { open } from '../render';
import { aGame, problem, Service } from '../service';

const game = aGame(1);
const full = { use: 9_000, limit: 10_000 };

function edit(change: (service: Service) => void = () => {}) {
  const service = new Service().add(game);
  change(service);
  return open(`/games/${game.id}/edit`, service);
}

test('The use of the guild is shown quietly', async () => {
  edit();
  const text = await screen.findByText('Board gamers has 12 of 10,000 pictures, which take 34.0 MiB of 5.0 GiB.');
  expect(text.getAttribute('role')).toBeNull();
});

test.each([
  ['images', full, 'Few pictures are left: Board gamers has 9,000 of 10,000.'],
  ['games', full, 'Few games are left: Board gamers has 9,000 of 10,000.'],
  ['bytes', { use: 4_900_000_000, limit: 5_368_709_120 }, 'Little space is left for pictures: Board gamers uses 4.6 GiB of 5.0 GiB.'],
] as const)('When 90%% of the %s are used, words say so', async (quota, use, text) => {
  edit((service) => (service.usage[quota] = use));
  expect((await screen.findByText(text)).getAttribute('role')).toBe('status');
});

test.each([
  ['images', { use: 10_000, limit: 10_000 }, 'No pictures are left: Board gamers has 10,000 of 10,000.'],
  ['games', { use: 11_000, limit: 10_000 }, 'No games are left: Board gamers has 11,000 of 10,000.'],
  ['bytes', { use: 6_442_450_944, limit: 5_368_709_120 }, 'No space is left for pictures: Board gamers uses 6.0 GiB of 5.0 GiB.'],
] as const)('When the %s are used up, or the quota was lowered, words say that nothing is left', async (quota, use, text) => {
  edit((service) => (service.usage[quota] = use));
  expect((await screen.findByText(text)).getAttribute('role')).toBe('status');
});

test('Below 90% nothing warns', async () => {
  edit((service) => (service.usage.images = { use: 8_999, limit: 10_000 }));
  const text = await screen.findByText(/^Board gamers has 8,999/);
  expect(text.getAttribute('role')).toBeNull();
});

test('A use that cannot be read is not shown', async () => {
  const { service } = edit((made) => (made.refuse = ({ url }) => (url.pathname.endsWith('/usage') ? problem(500, {}) : undefined)));
  await screen.findByText('In Discord');
  expect(service.sent('GET', '/api/v1/guilds')).toHaveLength(1);
  expect(screen.queryByText(/^Board gamers has/)).toBeNull();
});
