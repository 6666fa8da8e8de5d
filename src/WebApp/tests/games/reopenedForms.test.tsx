import { act, screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { goTo, open, Upload } from '../render';
import { always, fillIn, keys, lose, noticeOf, posts, press, respond, storeAndLose, unconfirmed } from './lostGame';

test('After the member left the form, a notice says that the game is not confirmed', async () => {
  const { user, service } = await fillIn();
  Upload.holds = true;
  await press(user, 'Save');
  await waitFor(() => expect(Upload.held).toHaveLength(1));
  await goTo('/games');
  Upload.holds = false;
  respond(service, ...always(lose).slice(1));
  act(() => Upload.held[0]!.onerror());
  await screen.findByText(noticeOf('Root'));
});

test('A form that is opened again after its game was sent repeats the request first', async () => {
  const first = await fillIn();
  respond(first.service, ...always(storeAndLose(first.service)));
  await press(first.user, 'Save');
  await screen.findByText(new RegExp(unconfirmed));
  first.unmount();

  const { user, service } = open('/games/new', first.service);
  expect(await screen.findByDisplayValue('Root')).toBeDefined();
  await screen.findByText('This game was sent and may already be saved. When you save it again, it is stored once.');
  await press(user, 'Discard');
  await screen.findByText('This game was sent and may already be saved. Discarding the form does not delete the game.');
  await press(user, 'Keep editing');
  await user.type(screen.getByRole('textbox', { name: /^Title/ }), '!');
  await press(user, 'Save');
  await screen.findByText('“Root” was saved. Your later changes are not saved yet.');
  expect(service.games).toHaveLength(1);
  expect(new Set(keys(service)).size).toBe(1);
});

test('A form that is opened again while its game is being sent sends nothing', async () => {
  const { user, service } = await fillIn();
  Upload.holds = true;
  await press(user, 'Save');
  await waitFor(() => expect(Upload.held).toHaveLength(1));
  await goTo('/games');
  await goTo('/games/new');
  await screen.findByDisplayValue('Root');
  await press(user, 'Save');
  await screen.findByText(/^This game is already being sent/);

  await act(() => Upload.held[0]!.finish());
  await screen.findByText('“Root” was saved.');
  expect(posts(service)).toHaveLength(1);
  Upload.holds = false;
  await press(user, 'Try again');
  await waitFor(() => expect(posts(service)).toHaveLength(2));
  expect(service.games).toHaveLength(1);
});
