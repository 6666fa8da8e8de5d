import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { Intersections } from '../intersections';
import { currentAddress, open } from '../render';
import { aGame, anImage, problem, Service } from '../service';
import { aVariedSource } from './sources';

const game = aGame(1);
const images = Array.from({ length: 25 }, (_, n) => anImage(n + 1, { games: n, width: n === 1 ? null : 800 }));

async function library(service = new Service().add(game)) {
  if (service.library.length === 0) service.library = [...images];
  const view = open(`/games/${game.id}/edit`, service);
  const banner = within(await screen.findByRole('group', { name: 'Banner' }));
  const opener = banner.getByRole('button', { name: "Your guild's pictures" });
  await view.user.click(opener);
  const dialog = within(await screen.findByRole('dialog', { name: "Your guild's pictures" }));
  return { ...view, banner, opener, dialog };
}

test('A picture of the guild is chosen with the keyboard, and saved by its id', async () => {
  const { user, service, banner, opener, dialog } = await library();
  const first = await dialog.findByRole('option', { name: 'JPEG, 800 × 200 pixels, 1.8 MiB, not used yet' });
  await user.tab();
  expect(document.activeElement).toBe(first);
  await user.keyboard('{ArrowRight}');
  const second = dialog.getByRole('option', { name: 'JPEG, 1.8 MiB, in 1 game' });
  expect(document.activeElement).toBe(second);
  await user.keyboard('{Enter}');

  expect(screen.queryByRole('dialog')).toBeNull();
  await waitFor(() => expect(document.activeElement).toBe(opener));
  expect(banner.getByText("From your guild's pictures: JPEG, 1.8 MiB")).toBeDefined();
  expect(banner.getByRole('img').getAttribute('src')).toBe(`/api/v1/public/images/${images[1]!.id}.jpg`);
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(currentAddress()).toBe(`/games/${game.id}`));
  expect(service.games[0]!.banner_image_id).toBe(images[1]!.id);
  expect(service.sent('POST', '/api/v1/images')).toHaveLength(0);
});

test('Escape closes the pictures, changes nothing and returns the focus', async () => {
  const { user, opener, banner, dialog } = await library();
  await dialog.findAllByRole('option');
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('dialog')).toBeNull();
  await waitFor(() => expect(document.activeElement).toBe(opener));
  expect(banner.queryByRole('img')).toBeNull();

  await user.keyboard('{Enter}');
  const again = within(await screen.findByRole('dialog'));
  const [first] = await again.findAllByRole('option');
  await user.tab();
  expect(document.activeElement).toBe(first);
});

test('The next page is loaded when the last pictures come into view, and no picture is shown twice', async () => {
  const { service, dialog } = await library();
  await waitFor(() => expect(dialog.getAllByRole('option')).toHaveLength(20));
  expect(service.sent('GET', '/api/v1/images')[0]!.url.search).toBe('?limit=20&guild_id=42');
  expect(dialog.getAllByRole('option')[0]!.querySelector('img')!.getAttribute('loading')).toBe('lazy');
  service.library.unshift(anImage(99));
  act(() => Intersections.arrive());
  await waitFor(() => expect(dialog.getAllByRole('option')).toHaveLength(25));
});

test('A picture of the guild is loaded in the size of the list, and then of the form', async () => {
  const service = new Service().add(game);
  service.library = [anImage(1, aVariedSource(1600, 400))];
  const { user, banner, dialog } = await library(service);
  const listed = (await dialog.findByRole('option')).querySelector('img')!;
  expect(listed.getAttribute('srcset')).toMatch(/\/160\.webp 160w, .* 1600w$/);
  expect(listed.getAttribute('sizes')).toBe('calc(1 * 12rem)');
  await user.click(dialog.getByRole('option'));
  const chosen = banner.getByRole('img');
  expect(chosen.getAttribute('srcset')).toBe(listed.getAttribute('srcset'));
  expect(chosen.getAttribute('sizes')).toBe('calc(1.6 * 28rem)');
});

test('Pictures that fail to load can be requested again', async () => {
  const service = new Service().add(game);
  service.refuse = ({ url }) => (url.pathname === '/api/v1/images' ? problem(429, { detail: 'One list at a time.' }) : undefined);
  const { user, dialog } = await library(service);
  expect((await dialog.findByRole('alert')).textContent).toBe('One list at a time.');
  await user.click(dialog.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(dialog.getAllByRole('option')).toHaveLength(20));
});

test('Before a guild is chosen, the own uploads are listed', async () => {
  const service = new Service();
  service.library = images.slice(0, 1);
  const { user } = open('/games/new', service);
  const [banner] = await screen.findAllByRole('button', { name: "Your guild's pictures" });
  await user.click(banner!);
  const dialog = within(await screen.findByRole('dialog'));
  expect(await dialog.findAllByRole('option')).toHaveLength(1);
  expect(dialog.getByText('These are your own uploads. Choose a guild in the form to see its pictures, too.')).toBeDefined();
  expect(service.sent('GET', '/api/v1/images')[0]!.url.search).toBe('?limit=20');
});
