import { act, screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { readDraft } from '../../src/games/form/draft';
import { png } from '../images/pictures';
import { problem } from '../service';
import { currentAddress, Upload } from '../render';
import { choose } from './gameForm';
import { always, attempts, fillIn, isPost, keys, lose, posts, press, respond, storeAndLose, unconfirmed, unreachable } from './lostGame';

test.each([
  ['is lost', lose],
  ['comes from a proxy that got none', () => new Response('', { status: 502 })],
  ['says that the game may or may not have been made', () => problem(503, { detail: 'The change may or may not have been made.' })],
  ['says that the first request is still running', () => problem(409, { detail: 'A request with this key is in progress.' })],
])('A new game whose answer %s is sent again with its key, and is stored once', async (_, answer) => {
  const { user, service } = await fillIn();
  const store = storeAndLose(service);
  const storeAndAnswer = (call: Parameters<typeof store>[0]) => {
    store(call);
    return answer();
  };
  respond(service, [isPost, storeAndAnswer], [isPost, answer]);
  await press(user, 'Save');

  await waitFor(() => expect(currentAddress()).toBe(`/games/${service.games[0]?.id}`));
  expect(service.games).toHaveLength(1);
  expect(new Set(keys(service)).size).toBe(1);
  expect(keys(service)[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(posts(service)).toHaveLength(3);
  expect(readDraft('draft:7:new')).toBeNull();
});

test('After five lost answers, Try again sends the game with the same key', async () => {
  const { user, service } = await fillIn();
  respond(service, ...always(lose));
  await press(user, 'Save');
  await screen.findByText(`${unreachable} ${unconfirmed}`);
  expect(posts(service)).toHaveLength(attempts);

  await press(user, 'Try again');
  await waitFor(() => expect(currentAddress()).toBe(`/games/${service.games[0]?.id}`));
  expect(service.games).toHaveLength(1);
  expect(new Set(keys(service)).size).toBe(1);
});

test('A game that was rejected before has another key after it was changed', async () => {
  const { user, service } = await fillIn();
  respond(service, [isPost, () => problem(422, { errors: { channel_id: ['No such channel.'] } })]);
  await press(user, 'Save');
  await screen.findByText('No such channel.');
  await user.type(screen.getByRole('textbox', { name: /^Channel ID/ }), '6');
  await press(user, 'Try again');
  await waitFor(() => expect(service.games).toHaveLength(1));
  expect(new Set(keys(service)).size).toBe(2);
});

test('A rejection after a lost answer shows the errors, and the changed game has another key', async () => {
  const { user, service } = await fillIn();
  const refuse = () => problem(422, { errors: { channel_id: ['No such channel.'] } });
  respond(service, [isPost, lose], [isPost, refuse]);
  await press(user, 'Save');
  await screen.findByText('No such channel.');
  await user.type(screen.getByRole('textbox', { name: /^Channel ID/ }), '6');
  await press(user, 'Try again');
  await waitFor(() => expect(service.games).toMatchObject([{ channel_id: '56' }]));
});

test.each([
  [429, {}],
  [401, {}],
  [400, { code: 'csrf' }],
])('Status %i with %j after a lost answer does not say that the game is not stored', async (status, body) => {
  const { user, service } = await fillIn();
  respond(service, [isPost, storeAndLose(service)], [isPost, () => problem(status, body)]);
  await press(user, 'Save');
  await screen.findByText(new RegExp(`${unconfirmed}$`));
  if (status === 401) await user.click(await screen.findByRole('button', { name: 'Not now' }));
  await user.type(screen.getByRole('textbox', { name: /^Title/ }), '!');
  await press(user, 'Try again');

  await screen.findByText('“Root” was saved. Your later changes are not saved yet.');
  expect(service.games).toHaveLength(1);
});

test('A game that may be stored is sent before its later changes', async () => {
  const { user, service } = await fillIn();
  respond(service, [isPost, storeAndLose(service)], ...always(lose).slice(1));
  await press(user, 'Save');
  await screen.findByText(new RegExp(unconfirmed));
  await user.type(screen.getByRole('textbox', { name: /^Title/ }), '!');
  await press(user, 'Try again');
  await screen.findByText('“Root” was saved. Your later changes are not saved yet.');

  await press(user, 'Save');
  await waitFor(() => expect(service.games).toMatchObject([{ title: 'Root!', version: 2 }]));
});

test('An earlier game that is rejected at last makes room for the present one', async () => {
  const { user, service } = await fillIn();
  respond(service, ...always(lose), [isPost, () => problem(422, { errors: { channel_id: ['No such channel.'] } })]);
  await press(user, 'Save');
  await screen.findByText(new RegExp(unconfirmed));
  await user.type(screen.getByRole('textbox', { name: /^Channel ID/ }), '6');
  await press(user, 'Try again');
  await waitFor(() => expect(service.games).toMatchObject([{ channel_id: '56' }]));
  expect(new Set(keys(service)).size).toBe(2);
});

test('Saving can be cancelled between two requests', async () => {
  const { user, service } = await fillIn();
  respond(service, [isPost, () => new Response('', { status: 503, headers: { 'Retry-After': '30' } })]);
  await press(user, 'Save');
  await screen.findByText('GameImages has not confirmed the game yet. Sending it again in 30 seconds…');
  await press(user, 'Cancel');
  await screen.findByText(`Cancelled. ${unconfirmed}`);
  await press(user, 'Try again');
  await waitFor(() => expect(service.games).toHaveLength(1));
  expect(new Set(keys(service)).size).toBe(1);
});

test('A request is repeated as soon as the browser is online again', async () => {
  const { user, service } = await fillIn();
  respond(service, [isPost, () => new Response('', { status: 503, headers: { 'Retry-After': '30' } })]);
  await press(user, 'Save');
  await screen.findByText(/Sending it again in 30 seconds…$/);
  act(() => void dispatchEvent(new Event('online')));
  await waitFor(() => expect(currentAddress()).toBe(`/games/${service.games[0]?.id}`));
});

test('The repeated request names the same pictures', async () => {
  const { user, service } = await fillIn();
  await choose('Banner', png(800, 200));
  respond(service, [isPost, storeAndLose(service)]);
  await press(user, 'Save');
  await waitFor(() => expect(currentAddress()).toBe(`/games/${service.games[0]?.id}`));
  expect(posts(service)[0]!.body).toMatchObject({ banner_image_id: service.library[0]!.id });
  expect(service.sent('POST', '/api/v1/images')).toHaveLength(1);
  expect(Upload.held).toHaveLength(0);
});
