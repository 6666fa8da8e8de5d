import { act, screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { goTo, open, Upload } from '../render';
import { fillIn, isList, isPost, lose, lost, posts, press, respond, storeAndLose, unknown } from './lostGame';

test('After the member left the form, a notice says that the game was probably not saved', async () => {
  const { user } = await fillIn();
  Upload.holds = true;
  await press(user, 'Save');
  await waitFor(() => expect(Upload.held).toHaveLength(1));
  await goTo('/games');
  act(() => Upload.held[0]!.onerror());
  await screen.findByText(
    'GameImages cannot be reached. Check your internet connection. ' +
      '“Root” is not in the list, so it was probably not saved. Your text is still in the form.',
  );
});

test('A form that is opened again after its game was sent searches before it sends', async () => {
  const first = await fillIn();
  respond(first.service, [isPost, storeAndLose(first.service)], [isList, lose]);
  await press(first.user, 'Save');
  await screen.findByText(new RegExp(unknown));
  first.unmount();

  const { user, service } = open('/games/new', first.service);
  expect(await screen.findByDisplayValue('Root')).toBeDefined();
  await screen.findByText('This game was sent and may already be saved. When you save, GameImages checks that first.');
  await press(user, 'Discard');
  await screen.findByText('This game was sent and may already be saved. Discarding the form does not delete the game.');
  await press(user, 'Keep editing');
  await press(user, 'Save');
  await screen.findByText(lost);
  expect(posts(service)).toHaveLength(1);
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
  await press(user, 'Try again');
  await screen.findByText(lost);
  expect(posts(service)).toHaveLength(1);
});

test('Changes made after sending are kept when the game is found', async () => {
  const { user, service } = await fillIn();
  respond(service, [isPost, storeAndLose(service)], [isList, lose]);
  await press(user, 'Save');
  await screen.findByText(new RegExp(unknown));
  await user.type(screen.getByRole('textbox', { name: /^Title/ }), '!');
  await press(user, 'Check again');
  await screen.findByText(`${lost} Your later changes are not saved yet.`);

  await press(user, 'Save');
  await waitFor(() => expect(service.games).toMatchObject([{ title: 'Root!', version: 2 }]));
});
