import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { aGame, Service } from '../service';
import { open } from '../render';
import { gif, jpeg, png, text } from './pictures';

const game = aGame(1, { banner_image_id: 'old' });

async function banner() {
  const view = open(`/games/${game.id}/edit`, new Service().add(game));
  const group = await screen.findByRole('group', { name: 'Banner' });
  return { ...view, group, inside: within(group) };
}

const drop = (group: HTMLElement, file: File) => fireEvent.drop(group, { dataTransfer: { types: ['Files'], files: [file] } });

const shown = (inside: ReturnType<typeof within>) => inside.queryByRole('img')?.getAttribute('src');

/** A browser that scales pictures, into files of these lengths one after the other. */
function scaling(width: number, height: number, ...lengths: number[]) {
  vi.stubGlobal('createImageBitmap', async () => ({ width, height, close() {} }));
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      getContext = () => ({ drawImage() {} });
      convertToBlob = async ({ type }: { type: string }) => new Blob([new Uint8Array(lengths.shift()!)], { type });
    },
  );
}

test('The picture that the game shows is there, and can be removed and kept after all', async () => {
  const { user, inside } = await banner();
  expect(shown(inside)).toBe('/api/v1/public/images/old');
  await user.click(inside.getByRole('button', { name: 'Remove the banner' }));
  expect(shown(inside)).toBeUndefined();
  await user.click(inside.getByRole('button', { name: 'Keep the old banner' }));
  expect(shown(inside)).toBe('/api/v1/public/images/old');
});

test('A picture that does not come leaves a placeholder', async () => {
  const { inside } = await banner();
  fireEvent.error(inside.getByRole('img'));
  expect(inside.getByRole('img', { name: 'Banner of this game, not available now' })).toBeDefined();
});

test('A picture can be dropped', async () => {
  const { group, inside } = await banner();
  drop(group, png(800, 200));
  expect(await inside.findByText(/^picture.png, 800 × 200 pixels/)).toBeDefined();
  expect(shown(inside)).toMatch(/^blob:/);
});

test('A picture can be pasted', async () => {
  const { inside } = await banner();
  fireEvent.paste(inside.getByRole('button', { name: 'Replace the banner' }), { clipboardData: { files: [png(800, 200)] } });
  expect(await inside.findByText(/^picture.png/)).toBeDefined();
});

test('What is no picture is refused before it is sent, and the old one stays', async () => {
  const { group, inside } = await banner();
  drop(group, text('page.png', '<html>'));
  expect(await inside.findByRole('alert')).toHaveProperty('textContent', expect.stringContaining('none of PNG, JPEG, GIF and WebP'));
  expect(shown(inside)).toBe('/api/v1/public/images/old');
});

test('A large picture is scaled down when that is wanted, with the sizes before and after', async () => {
  scaling(6000, 3000, 2 * 1024 * 1024);
  const { user, group, inside } = await banner();
  drop(group, png(6000, 3000));
  await inside.findByText(/a side has at most 4096/);
  expect(shown(inside)).toBe('/api/v1/public/images/old');

  await user.click(inside.getByRole('button', { name: 'Scale it down' }));
  expect(await inside.findByText('Scaled down from 6000 × 3000 pixels, 1 KiB, to picture.png, 4096 × 2048 pixels, 2.0 MiB')).toBeDefined();
});

test('What is still too long is scaled down further', async () => {
  scaling(4000, 2000, 9 * 1024 * 1024, 1024);
  const { user, group, inside } = await banner();
  drop(group, png(5000, 2500));
  await user.click(await inside.findByRole('button', { name: 'Scale it down' }));
  expect(await inside.findByText(/to picture.png, 3200 × 1600 pixels, 1 KiB$/)).toBeDefined();
});

test('A picture that the browser cannot read says so', async () => {
  vi.stubGlobal('createImageBitmap', () => Promise.reject(new DOMException()));
  const { user, group, inside } = await banner();
  drop(group, png(5000, 10));
  await user.click(await inside.findByRole('button', { name: 'Scale it down' }));
  expect(await inside.findByText('This browser cannot read the picture.')).toBeDefined();
});

test.each(['well', 'badly'])('A banner that is removed while it is being scaled down stays removed when that ends %s', async (way) => {
  scaling(6000, 3000, 1024);
  let end!: (way: string) => void;
  vi.stubGlobal(
    'createImageBitmap',
    () => new Promise((resolve, reject) => (end = (how) => (how === 'well' ? resolve({ width: 6000, height: 3000, close() {} }) : reject(new DOMException())))),
  );
  const { user, group, inside } = await banner();
  drop(group, png(6000, 3000));
  await user.click(await inside.findByRole('button', { name: 'Scale it down' }));
  await user.click(inside.getByRole('button', { name: 'Remove the banner' }));

  await act(async () => {
    end(way);
    await new Promise((resolve) => void setTimeout(resolve));
  });
  expect(inside.getByText('Banner removed.')).toBeDefined();
  expect(inside.queryByRole('alert')).toBeNull();
  expect(shown(inside)).toBeUndefined();
});

const trySave = async (user: UserEvent) => user.click(screen.getByRole('button', { name: 'Save' }));

test('A picture that was refused is not left out without a word', async () => {
  const { user, service, group, inside } = await banner();
  drop(group, text('page.txt', 'notes'));
  await inside.findByRole('alert');
  await trySave(user);
  expect(inside.getByRole('alert').textContent).toBe('The bytes are none of PNG, JPEG, GIF and WebP. Choose another one, or leave it out.');
  expect(document.activeElement).toBe(inside.getByRole('button', { name: 'Replace the banner' }));

  await user.click(inside.getByRole('button', { name: 'Leave it out' }));
  expect(inside.queryByRole('alert')).toBeNull();
  await trySave(user);
  await waitFor(() => expect(service.sent('PATCH', '/api/v1/games')).toHaveLength(1));
});

test('A picture that is offered to be scaled down, or is being scaled, has to be ready before it is saved', async () => {
  vi.stubGlobal('createImageBitmap', () => new Promise(() => {}));
  const { user, service, group, inside } = await banner();
  drop(group, png(6000, 3000));
  await inside.findByText(/a side has at most 4096/);
  await trySave(user);
  expect(inside.getByText('Scale it down, choose another one, or leave it out.')).toBeDefined();

  await user.click(inside.getByRole('button', { name: 'Scale it down' }));
  expect(inside.queryByRole('alert')).toBeNull();
  await trySave(user);
  expect(inside.getByText('Wait until the picture is ready.')).toBeDefined();
  expect(service.sent('PATCH', '/api/v1/games')).toHaveLength(0);

  await user.click(inside.getByRole('button', { name: 'Leave it out' }));
  await trySave(user);
  await waitFor(() => expect(service.sent('PATCH', '/api/v1/games')).toHaveLength(1));
});

test('A button that goes leaves the focus to the one that stays', async () => {
  vi.stubGlobal('createImageBitmap', () => new Promise(() => {}));
  const { user, group, inside } = await banner();
  await user.click(inside.getByRole('button', { name: 'Remove the banner' }));
  expect(document.activeElement).toBe(inside.getByRole('button', { name: 'Choose the banner' }));
  await user.click(inside.getByRole('button', { name: 'Keep the old banner' }));
  const stays = inside.getByRole('button', { name: 'Replace the banner' });
  expect(document.activeElement).toBe(stays);

  drop(group, png(6000, 3000));
  for (const name of ['Scale it down', 'Leave it out']) {
    await user.click(await inside.findByRole('button', { name }));
    expect(document.activeElement).toBe(stays);
  }
});

test('A header without a size is not made one', async () => {
  const { group, inside } = await banner();
  drop(group, text('photo.jpg', '\xff\xd8\xff'));
  expect(await inside.findByText('photo.jpg, 1 KiB')).toBeDefined();
});

test('A picture that its EXIF turns is described as it is shown', async () => {
  scaling(3000, 6000, 1024);
  const { user, group, inside } = await banner();
  drop(group, jpeg(6000, 3000));
  await user.click(await inside.findByRole('button', { name: 'Scale it down' }));
  expect(await inside.findByText('Scaled down from 3000 × 6000 pixels, 1 KiB, to photo.jpg, 2048 × 4096 pixels, 1 KiB')).toBeDefined();
});

test('A folder, or what else cannot be read, is refused', async () => {
  const { group, inside } = await banner();
  const folder = png(800, 200);
  folder.arrayBuffer = () => Promise.reject(new DOMException('', 'NotFoundError'));
  drop(group, folder);
  expect(await inside.findByText('This file cannot be read.')).toBeDefined();
});

test('A picture is sent as it was when it was checked', async () => {
  const { user, service, group, inside } = await banner();
  const onDisk = png(800, 200);
  drop(group, onDisk);
  await inside.findByText(/^picture.png/);
  await user.click(screen.getByRole('button', { name: 'Save' }));

  await waitFor(() => expect(service.sent('PATCH', '/api/v1/games')).toHaveLength(1));
  const sent = (service.sent('PATCH', '/api/v1/games')[0]!.body as FormData).get('banner') as File;
  expect(sent).toMatchObject({ name: 'picture.png', size: onDisk.size });
  expect(sent).not.toBe(onDisk);
});

test('For an animation, scaling down is not offered', async () => {
  const { group, inside } = await banner();
  drop(group, gif(5000, 10));
  expect(await inside.findByText(/A GIF would not survive/)).toBeDefined();
  expect(inside.queryByRole('button', { name: 'Scale it down' })).toBeNull();
});
