import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { readDraft } from '../../src/games/form/draft';
import { type Call, problem } from '../service';
import { currentAddress, Upload } from '../render';
import { absent, fillIn, isList, isPost, lose, lost, missing, posts, press, respond, storeAndLose, unknown } from './lostGame';

test('A new game whose response was lost is found and shown', async () => {
  const { user, service } = await fillIn();
  respond(service, [isPost, storeAndLose(service)]);
  await press(user, 'Save');

  await waitFor(() => expect(currentAddress()).toBe(`/games/${service.games[0]?.id}`));
  expect(await within(screen.getByRole('log', { name: 'Notices' })).findByText(lost)).toBeDefined();
  expect(posts(service)).toHaveLength(1);
  expect(readDraft('draft:7:new')).toBeNull();
});

test.each([
  ['no response', lose, missing],
  ['502', () => new Response('', { status: 502 }), /^GameImages has a problem.* so it was probably not saved\.$/],
])('A new game that ended with %s and is not in the list is sent again on request, once', async (_, failure, reason) => {
  const { user, service } = await fillIn();
  respond(service, [isPost, failure]);
  await press(user, 'Save');
  await screen.findByText(reason);
  expect(service.sent('GET', '/api/v1/games').at(-1)!.url.search).toBe('?limit=100&guild_id=42&text=Root');

  await press(user, 'Try again');
  await waitFor(() => expect(currentAddress()).toBe(`/games/${service.games[0]?.id}`));
  expect(posts(service)).toHaveLength(2);
  expect(service.games).toHaveLength(1);
});

test('Try again searches before it sends, and finds a game that was stored late', async () => {
  const { user, service } = await fillIn();
  let late: Call | undefined;
  respond(service, [
    isPost,
    (call) => {
      late = call;
      return Response.error();
    },
  ]);
  await press(user, 'Save');
  await screen.findByText(missing);
  storeAndLose(service)(late!);

  await press(user, 'Try again');
  await screen.findByText(lost);
  expect(posts(service)).toHaveLength(1);
});

test('A failed search is reported, and is repeated before anything is sent', async () => {
  const { user, service } = await fillIn();
  respond(service, [isPost, lose], [isList, lose], [isList, () => problem(429, { detail: 'One list at a time.' })]);
  await press(user, 'Save');
  await screen.findByText(`GameImages cannot be reached. Check your internet connection. ${unknown}`);
  expect(screen.queryByRole('button', { name: /^(Save|Try again)$/ })).toBeNull();
  await press(user, 'Check again');
  await screen.findByText(`One list at a time. ${unknown}`);
  await press(user, 'Check again');
  await screen.findByText(absent);
  expect(posts(service)).toHaveLength(1);

  await press(user, 'Try again');
  await waitFor(() => expect(service.games).toHaveLength(1));
});

test('After a failed search the game is sent again if the member accepts a duplicate', async () => {
  const { user, service } = await fillIn();
  const refuse = () => problem(422, { errors: { channel_id: ['No such channel.'] } });
  respond(service, [isPost, lose], [isList, lose], [isPost, refuse], [isList, lose]);
  await press(user, 'Save');
  await screen.findByText(`GameImages cannot be reached. Check your internet connection. ${unknown}`);
  await press(user, 'Send again anyway');
  await screen.findByText('No such channel.');

  // The rejection of the second attempt does not say whether the first one is stored.
  await press(user, 'Try again');
  await screen.findByText(`GameImages cannot be reached. Check your internet connection. ${unknown}`);
  Upload.holds = true;
  await press(user, 'Send again anyway');
  await waitFor(() => expect(Upload.held).toHaveLength(1));
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Saving…' }));
  await act(() => Upload.held[0]!.finish());
  await waitFor(() => expect(currentAddress()).toBe(`/games/${service.games[0]?.id}`));
  expect(posts(service)).toHaveLength(3);
});

test('Send again anyway asks for a confirmation when the start has passed', async () => {
  const { user, service } = await fillIn();
  fireEvent.change(screen.getByLabelText(/^Start/), { target: { value: '2020-02-07T19:30' } });
  respond(service, [isPost, lose], [isList, lose], [isList, lose]);
  await press(user, 'Save');
  await user.click(await screen.findByRole('button', { name: 'Save anyway' }));
  await screen.findByText(new RegExp(unknown));
  await press(user, 'Send again anyway');
  await user.click(await screen.findByRole('button', { name: 'Save anyway' }));
  await waitFor(() => expect(service.games).toHaveLength(1));
  expect(posts(service)).toHaveLength(2);
});
