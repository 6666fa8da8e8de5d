import { act, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { gif, jpeg, png } from './pictures';
import { banner, drop, shown, stubDecoding, stubScaling, trySave } from './bannerField';

test('A large picture is scaled down on request, and both sizes are shown', async () => {
  stubScaling(6000, 3000, [2 * 1024 * 1024]);
  const { user, group, inside } = await banner();
  drop(group, png(6000, 3000));
  await inside.findByText(/Each side may have at most 4096/);
  expect(shown(inside)).toBe('/api/v1/public/images/old.jpg');

  await user.click(inside.getByRole('button', { name: 'Scale it down' }));
  expect(await inside.findByText('Scaled down from 6000 × 3000 pixels, 1 KiB, to picture.png, 4096 × 2048 pixels, 2.0 MiB')).toBeDefined();
});

test('A picture that still has too many bytes is scaled down further', async () => {
  stubScaling(4000, 2000, [9 * 1024 * 1024, 1024]);
  const { user, group, inside } = await banner();
  drop(group, png(5000, 2500));
  await user.click(await inside.findByRole('button', { name: 'Scale it down' }));
  expect(await inside.findByText(/to picture.png, 3200 × 1600 pixels, 1 KiB$/)).toBeDefined();
});

test('A picture that the browser cannot read is reported', async () => {
  stubDecoding(5000, 10, () => Promise.reject(new DOMException()));
  const { user, group, inside } = await banner();
  drop(group, png(5000, 10));
  await user.click(await inside.findByRole('button', { name: 'Scale it down' }));
  expect(await inside.findByText('This browser cannot read the picture.')).toBeDefined();
});

test.each(['well', 'badly'])('A banner that is removed while it is scaled down stays removed when the scaling ends %s', async (way) => {
  stubScaling(6000, 3000, [1024]);
  let end!: (way: string) => void;
  const decoding = new Promise<void>((resolve, reject) => {
    end = (how) => (how === 'well' ? resolve() : reject(new DOMException()));
  });
  stubDecoding(6000, 3000, () => decoding);
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

test('A picture must be scaled down or left out before the game is saved', async () => {
  stubDecoding(6000, 3000, () => new Promise(() => {}));
  const { user, service, group, inside } = await banner();
  drop(group, png(6000, 3000));
  await inside.findByText(/Each side may have at most 4096/);
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

test('A picture that its EXIF turns is described with the size that is shown', async () => {
  stubScaling(3000, 6000, [1024]);
  const { user, group, inside } = await banner();
  drop(group, jpeg(6000, 3000));
  await user.click(await inside.findByRole('button', { name: 'Scale it down' }));
  expect(await inside.findByText('Scaled down from 3000 × 6000 pixels, 1 KiB, to photo.jpg, 2048 × 4096 pixels, 1 KiB')).toBeDefined();
});

test('Scaling down is not offered for an animation', async () => {
  const { group, inside } = await banner();
  drop(group, gif(5000, 10));
  expect(await inside.findByText(/A GIF cannot be scaled down here/)).toBeDefined();
  expect(inside.queryByRole('button', { name: 'Scale it down' })).toBeNull();
});

test('A browser that changes the pixels of a canvas does not scale pictures down', async () => {
  stubScaling(6000, 3000, [1024], 1);
  const { user, group, inside } = await banner();
  drop(group, png(6000, 3000));
  await user.click(await inside.findByRole('button', { name: 'Scale it down' }));
  expect(await inside.findByText(/^This browser changes the pixels/)).toBeDefined();
  expect(shown(inside)).toBe('/api/v1/public/images/old.jpg');
});
