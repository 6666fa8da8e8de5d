import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { png } from '../images/pictures';
import { problem } from '../service';
import { currentAddress, Upload } from '../render';
import { choose, edit, game, save, saves, title } from './gameForm';

test('A picture is sent in a form, with its progress', async () => {
  const { user, service } = edit();
  await choose('Banner', png(800, 200));
  Upload.holds = true;
  await user.click(save());
  act(() => Upload.held[0]!.upload.onprogress?.({ loaded: 42, total: 100 }));
  expect(screen.getByRole('progressbar')).toHaveProperty('value', 0.42);
  expect(screen.getByText('Sending: 42%')).toBeDefined();
  expect(screen.getByText('25% sent').getAttribute('role')).toBe('status');

  await act(() => Upload.held[0]!.finish());
  await waitFor(() => expect(currentAddress()).toBe(`/games/${game.id}`));
  expect((saves(service)[0]!.body as FormData).get('banner')).toBeInstanceOf(File);
});

test('An upload can be cancelled and repeated', async () => {
  const { user, service } = edit();
  await choose('Thumbnail', png(80, 80));
  Upload.holds = true;
  await user.click(save());
  await user.click(screen.getByRole('button', { name: 'Cancel the upload' }));
  expect(screen.getByText('Cancelled. Nothing was saved.')).toBeDefined();

  Upload.holds = false;
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(service.games[0]!.thumbnail_id).not.toBeNull());
});

test('A second click on Cancel discards nothing', async () => {
  const { user } = edit();
  await choose('Thumbnail', png(80, 80));
  Upload.holds = true;
  await user.click(save());
  await user.dblClick(screen.getByRole('button', { name: 'Cancel the upload' }));

  const dialog = within(await screen.findByRole('alertdialog', { name: 'Discard your changes?' }));
  await user.click(dialog.getByRole('button', { name: 'Keep editing' }));
  expect(currentAddress()).toBe(`/games/${game.id}/edit`);
  expect(screen.getByRole('button', { name: 'Replace the thumbnail' })).toBeDefined();
});

test('A request that was sent completely cannot be cancelled', async () => {
  const { user } = edit();
  await user.type(await title(), '!');
  Upload.holds = true;
  await user.click(save());
  act(() => Upload.held[0]!.upload.onprogress?.({ loaded: 9, total: 9 }));
  expect(screen.getByRole('button', { name: 'Cancel the upload' })).toHaveProperty('ariaDisabled', 'true');
  await user.click(screen.getByRole('button', { name: 'Cancel the upload' }));
  expect(screen.getByRole('progressbar')).toBeDefined();
  await act(() => Upload.held[0]!.finish());
});

test('Saving can be repeated after a lost connection', async () => {
  const { user, service } = edit();
  service.refuse = (call) => (call.method === 'PATCH' ? Response.error() : undefined);
  await user.type(await title(), '!');
  await user.click(save());
  await screen.findByText('GameImages cannot be reached. Check your internet connection.');
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(service.games[0]!.title).toBe('Root!'));
});

test('An upload continues after the member leaves the form, and a notice reports its result', async () => {
  const { user, service } = edit();
  await user.type(await title(), '!');
  Upload.holds = true;
  await user.click(save());
  await user.click(screen.getByRole('link', { name: /^GameImages/ }));
  await screen.findByRole('link', { name: 'Root' });
  await act(() => Upload.held[0]!.finish());

  expect(await within(screen.getByRole('log', { name: 'Notices' })).findByText('“Root!” was saved.')).toBeDefined();
  expect(service.games[0]!.title).toBe('Root!');
  expect(currentAddress()).toBe('/games');
  expect(Object.keys(sessionStorage)).toEqual(['saved games']);
});

test.each([
  ['fails', () => Response.error(), 'GameImages cannot be reached. Check your internet connection.'],
  ['is refused', () => problem(422, { detail: 'This file is empty.' }), 'This file is empty.'],
  ['comes too late', () => problem(412, {}), 'Someone else changed it in the meantime.'],
])('An upload that %s after the member left the form is reported, and the text is kept', async (_, refusal, reason) => {
  const { user, service } = edit();
  await user.type(await title(), '!');
  await choose('Banner', png(800, 200));
  Upload.holds = true;
  await user.click(save());
  await user.click(screen.getByRole('link', { name: /^GameImages/ }));
  await screen.findByRole('link', { name: 'Root' });
  service.refuse = refusal;
  await act(() => Upload.held[0]!.finish());

  expect(await screen.findByText(`“Root!” was not saved. ${reason} Your text is still in the form.`)).toBeDefined();
  await user.click(screen.getByRole('link', { name: 'Root' }));
  await user.click(await screen.findByRole('link', { name: 'Edit' }));
  expect(await screen.findByDisplayValue('Root!')).toBeDefined();
});
