import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { fromLocalInput } from '../../src/games/time';
import { png } from '../images/pictures';
import { aGame, problem, Service } from '../service';
import { currentAddress, goBack, open, Upload } from '../render';

const game = aGame(1, { title: 'Root', location: 'Table 3' });
const edit = (service = new Service().add(game)) => open(`/games/${game.id}/edit`, service);
const save = () => screen.getByRole('button', { name: /^(Save|Try again)$/ });
const saves = (service: Service) => [...service.sent('POST', '/api/v1/games'), ...service.sent('PATCH', '/api/v1/games')];
const title = () => screen.findByRole('textbox', { name: /^Title/ });

async function retype(user: UserEvent, field: HTMLElement, text: string) {
  await user.clear(field);
  await user.type(field, text);
}

async function choose(label: string, file: File) {
  const field = within(await screen.findByRole('group', { name: label }));
  fireEvent.change(field.getByLabelText(label, { selector: 'input' }), { target: { files: [file] } });
  await field.findByText(new RegExp(`^${file.name}`));
}

async function fillIn(user: UserEvent, start = '2027-02-07T20:30') {
  await user.type(await title(), 'Root');
  await user.selectOptions(screen.getByRole('combobox', { name: /^Guild/ }), 'Board gamers');
  await user.type(screen.getByRole('textbox', { name: /^Channel ID/ }), '5');
  fireEvent.change(screen.getByLabelText(/^Start/), { target: { value: start } });
}

test('A new game is sent with what was filled in, and shown', async () => {
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

test('What the service would refuse is said before anything is sent, in its words, and the first such field has the focus', async () => {
  const { user, service } = open('/games/new');
  await user.type(await screen.findByRole('textbox', { name: /^Players/ }), '101');
  await user.type(screen.getByRole('textbox', { name: /^Channel ID/ }), 'abc');
  await user.type(screen.getByRole('textbox', { name: /^Duration/ }), '0');
  fireEvent.change(screen.getByRole('textbox', { name: /^Where/ }), { target: { value: 'x'.repeat(501) } });
  await user.click(save());

  for (const sentence of [
    'A title is required.',
    'A guild is required.',
    'A start is required.',
    'Expected a Discord id, a string of digits.',
    'At least 1 minute.',
    '1 to 100.',
    'At most 500 characters.',
  ])
    expect(screen.getByText(sentence)).toBeDefined();
  expect(document.activeElement).toBe(await title());
  expect(saves(service)).toHaveLength(0);
});

test('Blanks around numbers and IDs are not sent, and nothing but blanks is nothing', async () => {
  const { user, service } = edit();
  for (const [name, text] of [['Channel ID', '  123 '], ['Duration in minutes', ' 90\u00a0'], ['Where', '   '], ['How to sign up', ' Shout\n']] as const)
    fireEvent.change(await screen.findByRole('textbox', { name: new RegExp(`^${name}`) }), { target: { value: text } });
  await user.click(save());
  await waitFor(() => expect(saves(service)).toHaveLength(1));
  expect(saves(service)[0]!.body).toEqual({ channel_id: '123', expected_duration_minutes: 90, location: null, signup_instructions: ' Shout\n' });
});

test('A game takes no more minutes than the service can count', async () => {
  const { user, service } = edit();
  const duration = await screen.findByRole('textbox', { name: /^Duration/ });
  await user.type(duration, '2147483648');
  await user.click(save());
  expect(screen.getByText('At most 2147483647 minutes.')).toBeDefined();
  await retype(user, duration, '2147483647');
  await user.click(save());
  await waitFor(() => expect(saves(service)).toHaveLength(1));
});

test('A title is as long as the service counts it', async () => {
  const { user, service } = edit();
  fireEvent.change(await title(), { target: { value: '🎲'.repeat(101) } });
  await user.click(save());
  expect(screen.getByText('At most 200 characters. Most emoji count as two or more.')).toBeDefined();

  fireEvent.change(await title(), { target: { value: '🎲'.repeat(100) } });
  await user.click(save());
  await waitFor(() => expect(service.games[0]!.title).toBe('🎲'.repeat(100)));
});

test('An error stands at its field, and goes when the field is changed', async () => {
  const { user, service } = edit();
  service.refuse = (call) =>
    call.method === 'PATCH' ? problem(400, { title: 'Some fields are not valid.', errors: { location: ['There is no such place.'] } }) : undefined;
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

test('A refusal that names a field stands there although a picture came along, and one of a field that the form has not stands beside Save', async () => {
  const { user, service } = edit();
  const errors = { channel_id: ['Channel 5 belongs to another guild.'], host_id: ['Somebody else cannot be the host.'] };
  service.refuse = (call) => (call.method === 'PATCH' ? problem(422, { title: 'Some fields are not valid.', errors }) : undefined);
  await choose('Banner', png(800, 200));
  await user.click(save());

  await screen.findByText('Channel 5 belongs to another guild.');
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: /^Channel ID/ }));
  expect(screen.getByRole('alert').textContent).toBe('Some fields are not valid. Somebody else cannot be the host.');
});

test('The host is shown, and never sent: the member of a new game, and the one that an edited game has', async () => {
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

test('A change sends only what was changed, and the version that was read', async () => {
  const { user, service } = edit();
  await user.clear(await screen.findByRole('textbox', { name: 'Where' }));
  await user.click(save());

  await waitFor(() => expect(currentAddress()).toBe(`/games/${game.id}`));
  expect(saves(service)[0]!.body).toEqual({ location: null });
  expect(saves(service)[0]!.headers.get('If-Match')).toBe('"1"');
});

test('After a change, Back leads to where one was before the form, from the top of the page', async () => {
  const { user } = open('/games', new Service().add(game));
  await user.click(await screen.findByRole('link', { name: 'Root' }));
  await user.click(await screen.findByRole('link', { name: 'Edit' }));
  await user.type(await title(), '!');
  const scrolled = vi.fn<typeof scrollTo>();
  vi.stubGlobal('scrollTo', scrolled);
  await user.click(save());
  await waitFor(() => expect(currentAddress()).toBe(`/games/${game.id}`));
  expect(scrolled).toHaveBeenCalledWith(0, 0);

  goBack();
  await waitFor(() => expect(document.title).toMatch(/^Root!/));
  expect(currentAddress()).toBe(`/games/${game.id}`);
});

test('What is changed while a game is being saved stays in the form, and is saved next', async () => {
  const { user, service } = open('/games/new');
  await fillIn(user);
  await choose('Banner', png(800, 200));
  Upload.holds = true;
  await user.click(save());
  await waitFor(() => expect(Upload.held).toHaveLength(1));
  await user.type(await title(), ', evening 2');
  await choose('Thumbnail', png(80, 80));
  await act(() => Upload.held[0]!.finish());

  expect(await screen.findByText('Root is saved. What you changed since is not saved yet.')).toBeDefined();
  expect(service.games).toMatchObject([{ title: 'Root', thumbnail_id: null }]);
  Upload.holds = false;
  await user.click(save());
  await waitFor(() => expect(currentAddress()).toBe(`/games/${service.games[0]!.id}`));
  expect(service.games).toMatchObject([{ title: 'Root, evening 2', thumbnail_id: expect.any(String) }]);
  expect([...(saves(service)[1]!.body as FormData).keys()]).toEqual(['title', 'thumbnail']);
});

test('A status moves only where the service lets it', async () => {
  edit();
  const status = await screen.findByRole('combobox', { name: 'Status' });
  expect(within(status).getAllByRole('option').map((option) => option.textContent)).toEqual(['Scheduled', 'In progress', 'Cancelled']);
});

test('A double click on Save sends once', async () => {
  const { user, service } = edit();
  await user.type(await title(), '!');
  Upload.holds = true;
  const button = save();
  act(() => {
    button.click();
    button.click();
  });
  expect(Upload.held).toHaveLength(1);
  await act(() => Upload.held[0]!.finish());
  await waitFor(() => expect(currentAddress()).toBe(`/games/${game.id}`));
  expect(saves(service)).toHaveLength(1);
});

test('A start in the past is asked about, and saved when it is meant', async () => {
  const { user, service } = open('/games/new');
  await fillIn(user, '2020-01-01T20:00');
  await user.click(save());

  const dialog = await screen.findByRole('alertdialog', { name: 'This start has passed' });
  expect(saves(service)).toHaveLength(0);
  await user.click(within(dialog).getByRole('button', { name: 'Save it all the same' }));
  await waitFor(() => expect(service.games).toHaveLength(1));
});

test('A start in the past that is not touched is not asked about', async () => {
  const { user } = edit(new Service().add({ ...game, scheduled_at: '2020-01-01T20:00:00Z' }));
  await user.type(await title(), '!');
  await user.click(save());
  await waitFor(() => expect(currentAddress()).toBe(`/games/${game.id}`));
});

test('A picture goes along in a form, with its progress', async () => {
  const { user, service } = edit();
  await choose('Banner', png(800, 200));
  Upload.holds = true;
  await user.click(save());
  act(() => Upload.held[0]!.upload.onprogress?.({ loaded: 42, total: 100 }));
  expect(screen.getByRole('progressbar')).toHaveProperty('value', 0.42);
  expect(screen.getByText('Sending, 42 %')).toBeDefined();
  expect(screen.getByText('25 % sent').getAttribute('role')).toBe('status');

  await act(() => Upload.held[0]!.finish());
  await waitFor(() => expect(currentAddress()).toBe(`/games/${game.id}`));
  expect((saves(service)[0]!.body as FormData).get('banner')).toBeInstanceOf(File);
});

test('An upload can be cancelled, and tried again', async () => {
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

  const dialog = within(await screen.findByRole('alertdialog', { name: 'Discard what you wrote?' }));
  await user.click(dialog.getByRole('button', { name: 'Keep it' }));
  expect(currentAddress()).toBe(`/games/${game.id}/edit`);
  expect(screen.getByRole('button', { name: 'Replace the thumbnail' })).toBeDefined();
});

test('What was written is discarded when that is meant, and nothing is asked about a form as it was', async () => {
  const { user } = edit();
  await user.type(await title(), '!');
  await user.click(screen.getByRole('button', { name: 'Discard' }));
  await user.click(await screen.findByRole('button', { name: 'Discard it' }));
  await waitFor(() => expect(currentAddress()).toBe(`/games/${game.id}`));
  expect(sessionStorage).toHaveLength(0);

  await user.click(await screen.findByRole('link', { name: 'Edit' }));
  await title();
  await user.click(screen.getByRole('button', { name: 'Discard' }));
  await waitFor(() => expect(currentAddress()).toBe(`/games/${game.id}`));
});

test('An upload whose form is left goes on, and tells how it ended wherever one is', async () => {
  const { user, service } = edit();
  await user.type(await title(), '!');
  Upload.holds = true;
  await user.click(save());
  await user.click(screen.getByRole('link', { name: /^GameImages/ }));
  await screen.findByRole('link', { name: 'Root' });
  await act(() => Upload.held[0]!.finish());

  expect(await within(screen.getByRole('log', { name: 'Notices' })).findByText('Root! is saved.')).toBeDefined();
  expect(service.games[0]!.title).toBe('Root!');
  expect(currentAddress()).toBe('/games');
  expect(Object.keys(sessionStorage)).toEqual(['saved games']);
});

test.each([
  ['fails', () => Response.error(), 'The service cannot be reached.'],
  ['is refused', () => problem(422, { detail: 'The image is empty (byte 0).' }), 'The image is empty (byte 0).'],
  ['comes too late', () => problem(412, {}), 'Somebody else changed it meanwhile.'],
])('An upload that %s when its form is left says so, and what was written is kept', async (_, refusal, reason) => {
  const { user, service } = edit();
  await user.type(await title(), '!');
  await choose('Banner', png(800, 200));
  Upload.holds = true;
  await user.click(save());
  await user.click(screen.getByRole('link', { name: /^GameImages/ }));
  await screen.findByRole('link', { name: 'Root' });
  service.refuse = refusal;
  await act(() => Upload.held[0]!.finish());

  expect(await screen.findByText(`Root! is not saved: ${reason} What you wrote is still in the form.`)).toBeDefined();
  await user.click(screen.getByRole('link', { name: 'Root' }));
  await user.click(await screen.findByRole('link', { name: 'Edit' }));
  expect(await screen.findByDisplayValue('Root!')).toBeDefined();
});

test('What was sent completely can no longer be cancelled', async () => {
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

test('A picture that the service refuses is said once, at the picture', async () => {
  const { user, service } = edit();
  service.refuse = (call) => (call.method === 'PATCH' ? problem(422, { detail: 'The chunk IDAT does not fit its CRC (byte 33).' }) : undefined);
  await choose('Banner', png(800, 200));
  await user.click(save());
  const group = screen.getByRole('group', { name: 'Banner' });
  expect(await within(group).findByText('The chunk IDAT does not fit its CRC (byte 33).')).toBeDefined();
  expect(screen.getAllByRole('alert')).toHaveLength(1);
});

test('Of two pictures, one is said to be refused', async () => {
  const { user, service } = edit();
  service.refuse = (call) => (call.method === 'PATCH' ? problem(422, { detail: 'The chunk IDAT does not fit its CRC (byte 33).' }) : undefined);
  await choose('Banner', png(800, 200));
  await choose('Thumbnail', png(80, 80));
  await user.click(save());
  expect((await screen.findByRole('alert')).textContent).toBe('One of the pictures was refused. The chunk IDAT does not fit its CRC (byte 33).');
});

test('A lost connection can be tried again', async () => {
  const { user, service } = edit();
  service.refuse = (call) => (call.method === 'PATCH' ? Response.error() : undefined);
  await user.type(await title(), '!');
  await user.click(save());
  await screen.findByText('The service cannot be reached.');
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(service.games[0]!.title).toBe('Root!'));
});

/** Stores what is sent, and loses the answer. */
function loseAnswer(service: Service) {
  service.refuse = (call) => {
    if (call.method !== 'PATCH') return undefined;
    service.refuse = undefined;
    service.answer(call);
    return Response.error();
  };
}

test('A change whose answer got lost is saved, and no conflict with oneself', async () => {
  const { user, service } = edit(new Service().add({ ...game, banner_image_id: 'old' }));
  loseAnswer(service);
  await user.type(await title(), '!');
  await user.click(screen.getByRole('button', { name: 'Remove the banner' }));
  await user.click(save());
  await screen.findByText('The service cannot be reached.');
  await user.click(save());
  await waitFor(() => expect(currentAddress()).toBe(`/games/${game.id}`));
  expect(service.games[0]).toMatchObject({ title: 'Root!', banner_image_id: null, version: 2 });
});

test('Whether a picture came through before the answer got lost is asked', async () => {
  const { user, service } = edit();
  loseAnswer(service);
  await choose('Banner', png(800, 200));
  await user.click(save());
  await screen.findByText('The service cannot be reached.');
  await user.click(save());
  expect(await screen.findByRole('alertdialog', { name: 'Somebody else changed this game meanwhile' })).toBeDefined();
});

test('While a game is being saved, Save keeps the focus and does nothing', async () => {
  const { user, service } = edit();
  service.refuse = (call) => (call.method === 'PATCH' ? problem(503, {}) : undefined);
  await user.clear(await title());
  await user.type(await title(), 'Root!');
  Upload.holds = true;
  const button = save();
  await user.click(button);
  await user.clear(await title());
  await user.click(button);
  expect(screen.queryByText('A title is required.')).toBeNull();
  expect(button).toMatchObject({ disabled: false, ariaDisabled: 'true' });

  await act(() => Upload.held[0]!.finish());
  await screen.findByText(/^The service has trouble/);
  expect(Upload.held).toHaveLength(1);
  expect(document.activeElement).toBe(save());
});

test('A stale edit shows both versions, and saves what is chosen for each field', async () => {
  const { user, service } = edit();
  await retype(user, await title(), 'Mine');
  await retype(user, screen.getByRole('textbox', { name: 'Where' }), 'My table');
  Object.assign(service.games[0]!, { title: 'Theirs', location: 'Their table', max_players: 9, version: 2 });
  await user.click(save());

  const dialog = within(await screen.findByRole('alertdialog', { name: 'Somebody else changed this game meanwhile' }));
  expect(dialog.getByRole('radio', { name: 'Yours Mine' })).toHaveProperty('checked', true);
  expect(dialog.getByRole('radio', { name: 'Theirs 9' })).toHaveProperty('checked', true);
  await user.click(dialog.getByRole('radio', { name: 'Theirs Their table' }));
  await user.click(dialog.getByRole('button', { name: 'Save what is chosen' }));

  await waitFor(() => expect(currentAddress()).toBe(`/games/${game.id}`));
  expect(service.games[0]).toMatchObject({ title: 'Mine', location: 'Their table', max_players: 9 });
  expect(saves(service).at(-1)!.body).toEqual({ title: 'Mine' });
  expect(saves(service).at(-1)!.headers.get('If-Match')).toBe('"2"');
});

test('A status that the others have made impossible is not offered, and theirs is kept', async () => {
  const { user, service } = edit();
  await retype(user, await title(), 'Mine');
  await user.selectOptions(screen.getByRole('combobox', { name: 'Status' }), 'In progress');
  Object.assign(service.games[0]!, { status: 'cancelled', version: 2 });
  await user.click(save());

  const dialog = within(await screen.findByRole('alertdialog', { name: 'Somebody else changed this game meanwhile' }));
  expect(dialog.getByText('The status stays cancelled, as they chose: it cannot become in progress any more.')).toBeDefined();
  expect(dialog.queryByRole('group', { name: 'Status' })).toBeNull();
  await user.click(dialog.getByRole('button', { name: 'Save what is chosen' }));
  await waitFor(() => expect(currentAddress()).toBe(`/games/${game.id}`));
  expect(saves(service).at(-1)!.body).toEqual({ title: 'Mine' });
});

test('A stale edit lets choose between pictures', async () => {
  const { user, service } = edit();
  await choose('Banner', png(800, 200));
  Object.assign(service.games[0]!, { banner_image_id: 'theirs', version: 2 });
  await user.click(save());

  const dialog = within(await screen.findByRole('alertdialog'));
  await user.click(dialog.getByRole('radio', { name: /^Theirs/ }));
  await user.click(dialog.getByRole('button', { name: 'Save what is chosen' }));
  await waitFor(() => expect(currentAddress()).toBe(`/games/${game.id}`));
  expect(service.games[0]!.banner_image_id).toBe('theirs');
});

test('The embed is previewed while one writes', async () => {
  const { user } = open('/games/new');
  await fillIn(user);
  await user.type(screen.getByRole('textbox', { name: /^Duration/ }), '150');
  await user.type(screen.getByRole('textbox', { name: /^Players/ }), '5');

  const preview = within(await screen.findByRole('complementary', { name: 'Preview' }));
  for (const text of ['Root', '2h 30m', 'max 5', 'Status: Scheduled']) expect(await preview.findByText(text)).toBeDefined();
  expect(preview.getAllByText('@Ann')).toHaveLength(2);
});

test('What is not saved is there again after the page was left, until it is discarded', async () => {
  const first = open('/games/new');
  await first.user.type(await title(), 'Half a game');
  first.unmount();

  const { user } = open('/games/new');
  expect(await screen.findByDisplayValue('Half a game')).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Start over' }));
  expect(screen.queryByDisplayValue('Half a game')).toBeNull();
  expect(sessionStorage).toHaveLength(0);
});
