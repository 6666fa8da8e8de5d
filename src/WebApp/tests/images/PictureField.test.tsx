import { fireEvent, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { png, text } from './pictures';
import { banner, drop, shown, stubDecoding, trySave } from './bannerField';

test('The current picture is shown, and can be removed and kept again', async () => {
  const { user, inside } = await banner();
  expect(shown(inside)).toBe('/api/v1/public/images/old.jpg');
  await user.click(inside.getByRole('button', { name: 'Remove the banner' }));
  expect(shown(inside)).toBeUndefined();
  await user.click(inside.getByRole('button', { name: 'Keep the old banner' }));
  expect(shown(inside)).toBe('/api/v1/public/images/old.jpg');
});

test('A picture that fails to load is replaced with a placeholder', async () => {
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

test('A file that is not a picture is refused before it is sent, and the old picture stays', async () => {
  const { group, inside } = await banner();
  drop(group, text('page.png', '<html>'));
  expect(await inside.findByRole('alert')).toHaveProperty('textContent', expect.stringContaining('not a PNG, JPEG, GIF or WebP picture'));
  expect(shown(inside)).toBe('/api/v1/public/images/old.jpg');
});

test('A refused picture prevents saving until the member leaves it out', async () => {
  const { user, service, group, inside } = await banner();
  drop(group, text('page.txt', 'notes'));
  await inside.findByRole('alert');
  await trySave(user);
  const message = 'This file is not a PNG, JPEG, GIF or WebP picture. Choose another one, or leave it out.';
  expect(inside.getByRole('alert').textContent).toBe(message);
  expect(document.activeElement).toBe(inside.getByRole('button', { name: 'Replace the banner' }));

  await user.click(inside.getByRole('button', { name: 'Leave it out' }));
  expect(inside.queryByRole('alert')).toBeNull();
  await trySave(user);
  await waitFor(() => expect(service.sent('PATCH', '/api/v1/games')).toHaveLength(1));
});

test('A button that disappears passes the focus to the one that stays', async () => {
  stubDecoding(6000, 3000, () => new Promise(() => {}));
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

test('A picture whose header has no size is described without a size', async () => {
  const { group, inside } = await banner();
  drop(group, text('photo.jpg', '\xff\xd8\xff'));
  expect(await inside.findByText('photo.jpg, 1 KiB')).toBeDefined();
});

test('A folder or an unreadable file is refused', async () => {
  const { group, inside } = await banner();
  const folder = png(800, 200);
  folder.arrayBuffer = () => Promise.reject(new DOMException('', 'NotFoundError'));
  drop(group, folder);
  expect(await inside.findByText('This file cannot be read.')).toBeDefined();
});

test('The picture that was checked is sent, even if its file has changed', async () => {
  const { service, group, inside } = await banner();
  const onDisk = png(800, 200);
  drop(group, onDisk);
  await inside.findByText(/^picture.png/);
  await waitFor(() => expect(service.sent('POST', '/api/v1/images')).toHaveLength(1));
  const sent = service.sent('POST', '/api/v1/images')[0]!.body;
  expect(sent).toMatchObject({ name: 'picture.png', size: onDisk.size });
  expect(sent).not.toBe(onDisk);
});
