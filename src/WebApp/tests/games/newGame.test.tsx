import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { fromLocalInput } from '../../src/games/time';
import { png } from '../images/pictures';
import { Service } from '../service';
import { currentAddress, open, Upload } from '../render';
import { choose, edit, fillIn, game, save, saves, title } from './gameForm';

test('A new game is sent with the filled-in fields, and then shown', async () => {
  const { user, service } = open('/games/new');
  await fillIn(user);
  await user.click(save());

  await waitFor(() => expect(currentAddress()).toBe(`/games/${service.games[0]!.id}`));
  expect(saves(service)[0]!.body).toEqual({
    guild_id: '42',
    channel_id: '5',
    title: 'Root',
    scheduled_at: fromLocalInput('2027-02-07T20:30'),
  });
  expect(saves(service)[0]!.headers.get('X-CSRF-Token')).toBe('token');
});

test('A start in the past is saved only after a confirmation', async () => {
  const { user, service } = open('/games/new');
  await fillIn(user, '2020-01-01T20:00');
  await user.click(save());

  const dialog = await screen.findByRole('alertdialog', { name: 'The start time has passed' });
  expect(saves(service)).toHaveLength(0);
  await user.click(within(dialog).getByRole('button', { name: 'Save anyway' }));
  await waitFor(() => expect(service.games).toHaveLength(1));
});

test('Changes during saving stay in the form, and are saved next', async () => {
  const { user, service } = open('/games/new');
  await fillIn(user);
  await choose('Banner', png(800, 200));
  Upload.holds = true;
  await user.click(save());
  await waitFor(() => expect(Upload.held).toHaveLength(1));
  await user.type(await title(), ', evening 2');
  Upload.holds = false;
  await choose('Thumbnail', png(80, 80));
  await act(() => Upload.held[0]!.finish());

  expect(await screen.findByText('“Root” was saved. Your later changes are not saved yet.')).toBeDefined();
  expect(service.games).toMatchObject([{ title: 'Root', thumbnail_id: null }]);
  await user.click(save());
  await waitFor(() => expect(currentAddress()).toBe(`/games/${service.games[0]!.id}`));
  expect(service.games).toMatchObject([{ title: 'Root, evening 2', thumbnail_id: expect.any(String) }]);
  expect(Object.keys(saves(service)[1]!.body!)).toEqual(['title', 'thumbnail_id']);
});

test('The host is shown and never sent', async () => {
  const { unmount } = open('/games/new');
  expect(await screen.findByText(/^Hosted by/)).toHaveProperty('textContent', 'Hosted by Ann');
  unmount();

  const { user, service } = edit(new Service().add({ ...game, host_id: '8', host_name: 'Bob' }));
  expect(await screen.findByText(/^Hosted by/)).toHaveProperty('textContent', 'Hosted by Bob');
  expect(await screen.findAllByText('@Bob')).toHaveLength(2);
  await user.type(await title(), '!');
  await user.click(save());
  await waitFor(() => expect(saves(service)[0]!.body).toEqual({ title: 'Root!' }));
});

test('The preview follows the form', async () => {
  const { user } = open('/games/new');
  await fillIn(user);
  await user.type(screen.getByRole('textbox', { name: /^Duration/ }), '150');
  await user.type(screen.getByRole('textbox', { name: /^Maximum players/ }), '5');

  const preview = within(await screen.findByRole('complementary', { name: 'Preview' }));
  for (const text of ['Root', '2h 30m', 'max 5', 'Status: Scheduled']) expect(await preview.findByText(text)).toBeDefined();
  expect(preview.getAllByText('@Ann')).toHaveLength(2);
});

test('Unsaved text is restored until the member starts over', async () => {
  const first = open('/games/new');
  await first.user.type(await title(), 'Half a game');
  first.unmount();

  const { user } = open('/games/new');
  expect(await screen.findByDisplayValue('Half a game')).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Start over' }));
  expect(screen.queryByDisplayValue('Half a game')).toBeNull();
  expect(sessionStorage).toHaveLength(0);
});
