import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { png } from '../images/pictures';
import { problem } from '../service';
import { currentAddress, goTo, Upload } from '../render';
import { choose, edit, game, save, title } from './gameForm';

/** The previews whose memory the browser keeps. */
const kept = new Set<string>();

beforeEach(() => {
  kept.clear();
  const { createObjectURL } = URL;
  URL.createObjectURL = (picture) => {
    const url = createObjectURL(picture);
    kept.add(url);
    return url;
  };
  URL.revokeObjectURL = (url) => void kept.delete(url);
});

const banner = () => within(screen.getByRole('group', { name: 'Banner' }));
const shown = () => banner().getByRole('img').getAttribute('src');

async function chooseBanner(height: number) {
  await title();
  await choose('Banner', png(800, height));
}

async function saveAndLeave() {
  const view = edit();
  await title();
  Upload.holds = true;
  await choose('Banner', png(800, 200));
  await view.user.click(save());
  await goTo('/games');
  expect(kept.size).toBe(1);
  Upload.holds = false;
  return view;
}

test('A replaced picture is released, and the new one is shown', async () => {
  edit();
  await chooseBanner(200);
  const first = shown();
  await choose('Banner', png(400, 100));
  await waitFor(() => expect(shown()).not.toBe(first));
  expect([...kept]).toEqual([shown()]);
});

test('A picture is released when it is removed', async () => {
  const { user } = edit();
  await chooseBanner(200);
  await user.click(banner().getByRole('button', { name: 'Remove the banner' }));
  expect(kept.size).toBe(0);
});

test('Saving releases the pictures', async () => {
  const { user } = edit();
  await chooseBanner(200);
  await user.click(save());
  await waitFor(() => expect(currentAddress()).toBe(`/games/${game.id}`));
  expect(kept.size).toBe(0);
});

test('Leaving the form releases the pictures', async () => {
  edit();
  await chooseBanner(200);
  await goTo('/games');
  expect(kept.size).toBe(0);
});

test('A game that is saved after the member left the form releases its pictures at the end', async () => {
  await saveAndLeave();
  await act(() => Upload.held[0]!.finish());
  await screen.findByText('“Root” was saved.');
  expect(kept.size).toBe(0);
});

test('A game that is refused after the member left the form releases its pictures, too', async () => {
  const { service } = await saveAndLeave();
  service.refuse = ({ method }) => (method === 'PATCH' ? problem(422, { detail: 'No.' }) : undefined);
  await act(() => Upload.held[0]!.finish());
  await screen.findByText(/^“Root” was not saved/);
  await waitFor(() => expect(kept.size).toBe(0));
});

test('A saved picture is released when the form stays open for later changes', async () => {
  const { user, service } = edit();
  await chooseBanner(200);
  await waitFor(() => expect(service.library).toHaveLength(1));
  Upload.holds = true;
  await user.click(save());
  await user.type(await title(), '!');
  await act(() => Upload.held[0]!.finish());
  await screen.findByText('“Root” was saved. Your later changes are not saved yet.');
  expect(kept.size).toBe(0);
  expect(shown()).toBe(`/api/v1/public/images/${service.library[0]!.id}.jpg`);
});

test('A picture that loses against that of another member is released', async () => {
  const { user, service } = edit();
  await chooseBanner(200);
  Object.assign(service.games[0]!, { banner_image_id: 'theirs', version: 2 });
  await user.click(save());
  const dialog = within(await screen.findByRole('alertdialog'));
  expect(kept.size).toBe(1);
  await user.click(dialog.getByRole('radio', { name: /^Theirs/ }));
  Upload.holds = true;
  await user.click(dialog.getByRole('button', { name: 'Save these choices' }));
  expect(kept.size).toBe(0);
});
