import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { aGame, problem, Service } from '../service';
import { Intersections } from '../intersections.ts';
import { open } from '../render';

const titles = () => screen.queryAllByRole('heading', { level: 2 }).map((heading) => heading.textContent);
const many = (count: number) => new Service().add(...Array.from({ length: count }, (_, n) => aGame(n + 1)));

test('A card shows the picture, the title, the time, the time until then, the status and the guild', async () => {
  const soon = new Date(Date.now() + 3 * 24 * 60 * 60_000).toISOString();
  const { container } = open('/games', new Service().add(aGame(1, { title: 'Root', thumbnail_id: 'a', scheduled_at: soon })));

  const card = within((await screen.findByRole('link', { name: 'Root' })).closest('li')!);
  expect(card.getByRole('img', { name: 'Thumbnail of Root' })).toHaveProperty('src', expect.stringContaining('/api/v1/public/images/a'));
  expect(card.getByText('Scheduled')).toBeDefined();
  expect(card.getByText('in 3 days')).toBeDefined();
  expect(card.getByText('Board gamers')).toBeDefined();
  expect(container.querySelector('time')!.dateTime).toBe(soon);
});

test('The pictures in view are loaded first, and the others when they come near the view', async () => {
  // Three columns of two cards.
  vi.stubGlobal('innerWidth', 1000);
  vi.stubGlobal('innerHeight', 800);
  const { container } = open('/games', new Service().add(...Array.from({ length: 8 }, (_, n) => aGame(n + 1, { thumbnail_id: `${n}` }))));
  await screen.findByText('Game 1');
  const pictures = [...container.querySelectorAll('li img[src*="/public/"]')];
  const attributes = (names: string[]) => pictures.map((picture) => names.map((name) => picture.getAttribute(name)).join(' '));
  expect(attributes(['loading', 'fetchpriority'])).toEqual([...Array(6).fill('eager high'), 'lazy ', 'lazy ']);
  expect(attributes(['decoding'])).toEqual([...Array(6).fill(''), 'async', 'async']);
  expect(new Set(attributes(['width', 'height']))).toEqual(new Set(['320 240']));
});

test('A card with a thumbnail and a banner requests one picture', async () => {
  const { container } = open('/games', new Service().add(aGame(1, { thumbnail_id: 'a', banner_image_id: 'b' })));
  await screen.findByText('Game 1');
  const sources = [...container.querySelectorAll('li img[src*="/public/"]')].map((picture) => picture.getAttribute('src'));
  expect(sources).toEqual(['/api/v1/public/images/a.jpg']);
});

test('A card describes its picture with the alt text of the game', async () => {
  open('/games', new Service().add(aGame(1, { thumbnail_id: 'a', thumbnail_alt: 'A fox in the woods' })));
  expect(await screen.findByRole('img', { name: 'A fox in the woods' })).toBeDefined();
  expect(screen.queryByRole('img', { name: /^Thumbnail of/ })).toBeNull();
});

test('A game without a thumbnail has no img element', async () => {
  open('/games', many(1));
  await screen.findByText('Game 1');
  expect(screen.queryByRole('img')).toBeNull();
});

test('Skeletons are shown while the games load', async () => {
  open('/games', many(1));
  expect(await screen.findByText('Loading games…')).toBeDefined();
  await waitFor(() => expect(screen.queryByText('Loading games…')).toBeNull());
});

test('An empty list offers to plan the first game', async () => {
  open('/games');
  expect(await screen.findByRole('link', { name: 'Plan the first game' })).toBeDefined();
});

test('A failed list says why, and can be requested again', async () => {
  const service = many(1);
  const refusal = () => problem(503, { detail: 'The database cannot serve this now.' });
  service.refuse = (call) => (call.url.pathname === '/api/v1/games' ? refusal() : undefined);
  const { user } = open('/games', service);
  expect(await screen.findByText('The database cannot serve this now.')).toBeDefined();
  await user.click(await screen.findByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('Game 1')).toBeDefined();
});

test('The number of games is announced to screen readers', async () => {
  open('/games', many(2));
  await waitFor(() => expect(screen.getAllByRole('status').map((status) => status.textContent)).toContain('2 games'));
});

test('Scrolling and the button both load the next page', async () => {
  const { user } = open('/games', many(60));
  await waitFor(() => expect(titles()).toHaveLength(24));
  act(Intersections.arrive);
  await waitFor(() => expect(titles()).toHaveLength(48));
  await user.click(screen.getByRole('button', { name: 'Show more games' }));
  await waitFor(() => expect(titles()).toHaveLength(60));
  expect(screen.queryByRole('button', { name: 'Show more games' })).toBeNull();
});

test('After a failed page, only the button requests it again', async () => {
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
