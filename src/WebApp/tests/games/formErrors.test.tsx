import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { png } from '../images/pictures';
import { problem } from '../service';
import { open } from '../render';
import { choose, edit, retype, save, saves, title } from './gameForm';

test('Invalid fields are reported before anything is sent, and the first one gets the focus', async () => {
  const { user, service } = open('/games/new');
  await user.type(await screen.findByRole('textbox', { name: /^Maximum players/ }), '101');
  await user.type(screen.getByRole('textbox', { name: /^Channel ID/ }), 'abc');
  await user.type(screen.getByRole('textbox', { name: /^Duration/ }), '0');
  fireEvent.change(screen.getByRole('textbox', { name: /^Where/ }), { target: { value: 'x'.repeat(501) } });
  await user.click(save());

  for (const sentence of [
    'A title is required.',
    'A guild is required.',
    'A start is required.',
    'Enter a Discord ID. It has digits only.',
    'Enter at least 1 minute.',
    'Enter a number from 1 to 100.',
    'Enter at most 500 characters.',
  ])
    expect(screen.getByText(sentence)).toBeDefined();
  expect(document.activeElement).toBe(await title());
  expect(saves(service)).toHaveLength(0);
});

test('Blanks around numbers and IDs are removed, and a blank text counts as empty', async () => {
  const { user, service } = edit();
  for (const [name, text] of [
    ['Channel ID', '  123 '],
    ['Duration in minutes', ' 90\u00a0'],
    ['Where', '   '],
    ['How to sign up', ' Shout\n'],
  ] as const)
    fireEvent.change(await screen.findByRole('textbox', { name: new RegExp(`^${name}`) }), { target: { value: text } });
  await user.click(save());
  await waitFor(() => expect(saves(service)).toHaveLength(1));
  expect(saves(service)[0]!.body).toEqual({
    channel_id: '123',
    expected_duration_minutes: 90,
    location: null,
    signup_instructions: ' Shout\n',
  });
});

test('The duration is limited to the largest integer of the service', async () => {
  const { user, service } = edit();
  const duration = await screen.findByRole('textbox', { name: /^Duration/ });
  await user.type(duration, '2147483648');
  await user.click(save());
  expect(screen.getByText('Enter at most 2147483647 minutes.')).toBeDefined();
  await retype(user, duration, '2147483647');
  await user.click(save());
  await waitFor(() => expect(saves(service)).toHaveLength(1));
});

test('The length of a title is counted as the service counts it', async () => {
  const { user, service } = edit();
  fireEvent.change(await title(), { target: { value: '🎲'.repeat(201) } });
  await user.click(save());
  expect(screen.getByText('Enter at most 200 characters.')).toBeDefined();

  for (const emoji of ['👍🏽', '👩‍🚀', '❤️', '🇩🇪', '1️⃣', '🏴\u{E0067}\u{E007F}']) {
    fireEvent.change(await title(), { target: { value: emoji.repeat(101) } });
    await user.click(save());
    expect(screen.getByText('Enter at most 200 characters. Some emoji count as two or more.')).toBeDefined();
  }

  fireEvent.change(await title(), { target: { value: '🎲'.repeat(200) } });
  await user.click(save());
  await waitFor(() => expect(service.games[0]!.title).toBe('🎲'.repeat(200)));
});

test('A start that daylight saving skips is explained at its field', async () => {
  vi.stubEnv('TZ', 'Europe/Berlin');
  edit();
  fireEvent.change(await screen.findByLabelText(/^Start/), { target: { value: '2027-03-28T02:30' } });
  const hint =
    'Your time zone: Europe/Berlin. The clocks go forward and skip 02:30 on this day. The game starts at 03:30 (01:30 UTC).';
  expect(screen.getByText(hint)).toBeDefined();

  fireEvent.change(screen.getByLabelText(/^Start/), { target: { value: '2027-03-28T04:30' } });
  expect(screen.getByText('Your time zone: Europe/Berlin.')).toBeDefined();
  vi.unstubAllEnvs();
});

test('An error is shown at its field until the field is changed', async () => {
  const { user, service } = edit();
  const errors = { location: ['There is no such place.'] };
  const refusal = () => problem(400, { title: 'Some fields are not valid.', errors });
  service.refuse = (call) => (call.method === 'PATCH' ? refusal() : undefined);
  const location = await screen.findByRole('textbox', { name: 'Where' });
  await user.type(location, '!');
  await user.click(save());

  await screen.findByText('There is no such place.');
  expect(location.getAttribute('aria-invalid')).toBe('true');
  expect(document.activeElement).toBe(location);
  await user.type(location, '!');
  expect(screen.queryByText('There is no such place.')).toBeNull();
  expect(document.activeElement).toBe(location);
});

test('Errors are shown at their fields, and beside Save for fields that the form does not have', async () => {
  const { user, service } = edit();
  const errors = { channel_id: ['Channel 5 belongs to another guild.'], host_id: ['Another user cannot be the host.'] };
  service.refuse = (call) => (call.method === 'PATCH' ? problem(422, { title: 'Some fields are not valid.', errors }) : undefined);
  await choose('Banner', png(800, 200));
  await user.click(save());

  await screen.findByText('Channel 5 belongs to another guild.');
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: /^Channel ID/ }));
  expect(screen.getByRole('alert').textContent).toBe('Some fields are not valid. Another user cannot be the host.');
});

test('A full guild is reported beside Save', async () => {
  const { user, service } = edit();
  const quota = { quota: 'guild_games', limit: 100_000, use: 100_000 };
  service.refuse = (call) => (call.method === 'PATCH' ? problem(429, quota) : undefined);
  await user.type(await title(), '!');
  await user.click(save());
  expect((await screen.findByRole('alert')).textContent).toBe('The guild has 100,000 of 100,000 games. Delete an old game first.');
});
