import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { png } from '../images/pictures';
import { problem, type Service } from '../service';
import { currentAddress, goTo, Upload } from '../render';
import { choose, edit, game, save, saves, title } from './gameForm';
import { respond } from './lostGame';

const uploads = (service: Service) => service.sent('POST', '/api/v1/images');
const field = (name: string) => within(screen.getByRole('group', { name }));

async function chooseHeld(name: string) {
  Upload.holds = true;
  await choose(name, png(800, 200));
  return Upload.held.at(-1)!;
}

test('A picture is uploaded as soon as it is chosen, with its progress, and saved by its id', async () => {
  const { user, service } = edit();
  await title();
  const upload = await chooseHeld('Banner');
  act(() => upload.upload.onprogress?.({ loaded: 42, total: 100 }));
  expect(field('Banner').getByRole('progressbar')).toHaveProperty('value', 0.42);
  expect(screen.getByText('Uploading the banner: 42%')).toBeDefined();
  expect(screen.getByText('Banner: 25% uploaded').getAttribute('role')).toBe('status');
  act(() => upload.upload.onprogress?.({ loaded: 100, total: 100 }));
  expect(screen.getByText('GameImages is storing the banner…')).toBeDefined();

  Upload.holds = false;
  await act(() => upload.finish());
  expect(field('Banner').queryByRole('progressbar')).toBeNull();
  expect(screen.getByText('Banner uploaded').getAttribute('role')).toBe('status');
  await waitFor(() => expect(service.sent('GET', '/api/v1/guilds/42/usage')).toHaveLength(2));
  await user.click(save());
  await waitFor(() => expect(currentAddress()).toBe(`/games/${game.id}`));
  expect(uploads(service)[0]!.url.search).toBe('?guild_id=42');
  expect(uploads(service)[0]!.body).toBeInstanceOf(File);
  expect(saves(service)[0]!.body).toEqual({ banner_image_id: service.library[0]!.id });
});

test('An upload can be cancelled, and another picture chosen', async () => {
  const { user, service } = edit();
  await title();
  const cancelled = await chooseHeld('Thumbnail');
  await user.click(field('Thumbnail').getByRole('button', { name: 'Cancel the upload' }));
  expect(field('Thumbnail').getByText('Upload cancelled.')).toBeDefined();
  expect(field('Thumbnail').queryByRole('img')).toBeNull();
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Choose the thumbnail' }));

  const replaced = await chooseHeld('Thumbnail');
  Upload.holds = false;
  await choose('Thumbnail', png(80, 80));
  await act(async () => {
    await cancelled.finish();
    await replaced.finish();
  });
  await user.click(save());
  await waitFor(() => expect(saves(service)).toHaveLength(1));
  expect(saves(service)[0]!.body).toEqual({ thumbnail_id: service.library.at(-1)!.id });
});

test('A failed upload says why at its field, and can be tried again', async () => {
  const { user, service } = edit();
  service.refuse = ({ method }) => (method === 'POST' ? Response.error() : undefined);
  await title();
  await choose('Banner', png(800, 200));
  const reason = 'GameImages cannot be reached. Check your internet connection.';
  expect((await field('Banner').findByRole('alert')).textContent).toBe(reason);
  await user.click(field('Banner').getByRole('button', { name: 'Try the upload again' }));
  await waitFor(() => expect(service.library).toHaveLength(1));
  expect(field('Banner').queryByRole('alert')).toBeNull();
});

test('Save tries a failed upload again', async () => {
  const { user, service } = edit();
  service.refuse = ({ method }) => (method === 'POST' ? problem(401, {}) : undefined);
  await title();
  await choose('Banner', png(800, 200));
  await field('Banner').findByRole('alert');
  await user.click(await screen.findByRole('button', { name: 'Not now' }));
  await user.click(save());
  await waitFor(() => expect(service.games[0]!.banner_image_id).toBe(service.library[0]!.id));
});

test('A picture that the service refuses prevents saving, and is not sent again', async () => {
  const { user, service } = edit();
  service.refuse = ({ method }) => (method === 'POST' ? problem(422, { detail: 'The chunk IDAT does not fit its CRC.' }) : undefined);
  await title();
  await choose('Banner', png(800, 200));
  await field('Banner').findByText('The chunk IDAT does not fit its CRC.');
  expect(field('Banner').queryByRole('button', { name: 'Try the upload again' })).toBeNull();
  await user.click(save());
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Replace the banner' })));
  expect(screen.getAllByRole('alert')).toHaveLength(1);
  expect(uploads(service)).toHaveLength(1);
  expect(saves(service)).toHaveLength(0);

  await user.click(screen.getByRole('button', { name: 'Remove the banner' }));
  await user.click(save());
  await waitFor(() => expect(saves(service)).toHaveLength(1));
});

test('An upload over a quota says what is used up, and can be tried again', async () => {
  const { service } = edit();
  const body = { quota: 'guild_bytes', limit: 5_368_709_120, use: 5_368_000_000 };
  service.refuse = ({ method }) => (method === 'POST' ? problem(413, body) : undefined);
  await title();
  await choose('Banner', png(800, 200));
  const reason = "The guild's pictures take 5.0 GiB of 5.0 GiB, so there is no room for another one. Choose one of your guild's pictures.";
  await field('Banner').findByText(reason);
  expect(field('Banner').getByRole('button', { name: 'Try the upload again' })).toBeDefined();
});

test('Save waits for uploads with their progress, and can be cancelled meanwhile', async () => {
  const { user, service } = edit();
  await title();
  const upload = await chooseHeld('Banner');
  await user.click(save());
  act(() => upload.upload.onprogress?.({ loaded: 50, total: 100 }));
  expect(screen.getByText('Uploading your pictures: 50%')).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(await screen.findByText('Cancelled. Nothing was saved.')).toBeDefined();

  await user.click(save());
  expect(uploads(service)).toHaveLength(0);
  Upload.holds = false;
  await act(() => upload.finish());
  await waitFor(() => expect(currentAddress()).toBe(`/games/${game.id}`));
  expect(uploads(service)).toHaveLength(1);
});

test('An upload that has expired is repeated once, without asking', async () => {
  const { user, service } = edit();
  const refusal = () => problem(422, { title: 'Some fields are not valid.', errors: { banner_image_id: ['No such image.'] } });
  service.refuse = ({ method }) => (method === 'PATCH' ? refusal() : undefined);
  await title();
  await choose('Banner', png(800, 200));
  await user.click(save());
  await waitFor(() => expect(currentAddress()).toBe(`/games/${game.id}`));
  expect(saves(service).map(({ body }) => body)).toEqual(
    [...service.library].reverse().map(({ id }) => ({ banner_image_id: id })),
  );
  expect(uploads(service)).toHaveLength(2);
});

test('A picture that is missing after the second upload is reported at its field, and is uploaded again by the next Save', async () => {
  const { user, service } = edit();
  const isChange = ({ method }: { method: string }) => method === 'PATCH';
  const refuse = () => problem(422, { title: 'Some fields are not valid.', errors: { banner_image_id: ['No such image.'] } });
  respond(service, [isChange, refuse], [isChange, refuse]);
  await title();
  await choose('Banner', png(800, 200));
  await user.click(save());
  await field('Banner').findByText('GameImages no longer has this picture. Save again to upload it once more, or choose another one.');
  expect(saves(service)).toHaveLength(2);

  respond(service, [isChange, refuse]);
  await user.click(save());
  await waitFor(() => expect(service.games[0]!.banner_image_id).toBe(service.library[0]!.id));
  expect(uploads(service)).toHaveLength(3);
});

test('A picture that is replaced while Save waits for it ends saving, and the next Save has the new one', async () => {
  const { user, service } = edit();
  await user.type(await title(), '!');
  await chooseHeld('Banner');
  await user.click(save());
  await screen.findByText('Uploading your pictures: 0%');
  Upload.holds = false;
  await choose('Banner', png(400, 100));
  await screen.findByText('A picture was replaced or removed. Nothing was saved.');
  expect(saves(service)).toHaveLength(0);

  await user.click(save());
  await waitFor(() => expect(currentAddress()).toBe(`/games/${game.id}`));
  expect(service.games[0]).toMatchObject({ title: 'Root!', banner_image_id: service.library[0]!.id });
});

test.each([
  ['ends', async (upload: Upload) => upload.finish(), 'Banner uploaded'],
  ['fails', async (upload: Upload) => upload.onerror(), 'GameImages cannot be reached. Check your internet connection.'],
])('When an upload %s, the button that cancels it passes the focus to the one that stays', async (_, end, text) => {
  edit();
  await title();
  const upload = await chooseHeld('Banner');
  field('Banner').getByRole('button', { name: 'Cancel the upload' }).focus();
  await act(() => end(upload));
  await screen.findByText(text);
  expect(field('Banner').queryByRole('button', { name: 'Cancel the upload' })).toBeNull();
  expect(document.activeElement).toBe(field('Banner').getByRole('button', { name: 'Replace the banner' }));
});

test('The end of an upload leaves the focus in another field', async () => {
  edit();
  const text = await title();
  const upload = await chooseHeld('Banner');
  text.focus();
  await act(() => upload.finish());
  await screen.findByText('Banner uploaded');
  expect(document.activeElement).toBe(text);
});

test('Leaving the form cancels an upload that nobody waits for', async () => {
  const { service } = edit();
  await title();
  const upload = await chooseHeld('Banner');
  let isAborted = false;
  upload.onabort = () => (isAborted = true);
  await goTo('/games');
  expect(isAborted).toBe(true);
  expect(uploads(service)).toHaveLength(0);
});

test('A game is saved after the member leaves the form, and a notice reports its result', async () => {
  const { user, service } = edit();
  await user.type(await title(), '!');
  const upload = await chooseHeld('Banner');
  await user.click(save());
  await user.click(screen.getByRole('link', { name: /^GameImages/ }));
  await screen.findByRole('link', { name: 'Root' });
  Upload.holds = false;
  await act(() => upload.finish());

  expect(await within(screen.getByRole('log', { name: 'Notices' })).findByText('“Root!” was saved.')).toBeDefined();
  expect(service.games[0]).toMatchObject({ title: 'Root!', banner_image_id: service.library[0]!.id });
  expect(currentAddress()).toBe('/games');
  expect(sessionStorage).toHaveLength(0);
});

test.each([
  ['is refused', 'POST', () => problem(422, { detail: 'This file is empty.' }), 'This file is empty.'],
  ['comes too late', 'PATCH', () => problem(412, {}), 'Someone else changed it in the meantime.'],
])('A save that %s after the member left the form is reported, and the text is kept', async (_, method, refusal, reason) => {
  const { user, service } = edit();
  await user.type(await title(), '!');
  const upload = await chooseHeld('Banner');
  await user.click(save());
  await user.click(screen.getByRole('link', { name: /^GameImages/ }));
  await screen.findByRole('link', { name: 'Root' });
  service.refuse = (call) => (call.method === method ? refusal() : undefined);
  Upload.holds = false;
  await act(() => upload.finish());

  expect(await screen.findByText(`“Root!” was not saved. ${reason} Your text is still in the form.`)).toBeDefined();
  await user.click(screen.getByRole('link', { name: 'Root' }));
  await user.click(await screen.findByRole('link', { name: 'Edit' }));
  expect(await screen.findByDisplayValue('Root!')).toBeDefined();
});

test('A request that was sent cannot be cancelled', async () => {
  const { user } = edit();
  await user.type(await title(), '!');
  Upload.holds = true;
  await user.click(save());
  const cancel = screen.getByRole('button', { name: 'Cancel' });
  expect(cancel).toHaveProperty('ariaDisabled', 'true');
  await user.click(cancel);
  expect(screen.getByRole('button', { name: 'Saving…' })).toBeDefined();
  await act(() => Upload.held[0]!.finish());
});
