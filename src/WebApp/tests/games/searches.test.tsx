import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { aGame, problem } from '../service';
import { currentAddress, goTo, open } from '../render';
import { fillIn, fillInForm, isList, isPost, lose, lost, missing, posts, press, respond, storeAndLose } from './lostGame';

test('Only a new game of the member with this title, channel and start is accepted as the lost one', async () => {
  const { user, service } = await fillIn();
  await press(user, 'Save');
  await waitFor(() => expect(service.games).toHaveLength(1));
  const [twin] = service.games;
  const other = (changes: object) => ({ ...twin!, id: crypto.randomUUID(), ...changes });
  service.games.push(
    other({ title: 'root' }),
    other({ channel_id: '6' }),
    other({ host_id: '8' }),
    other({ guild_id: '43' }),
    other({ scheduled_at: '2099-02-08T19:30:00Z' }),
    other({ created_at: new Date(Date.now() - 120_000).toISOString() }),
  );

  await user.click(await screen.findByRole('link', { name: 'Clone' }));
  await screen.findByDisplayValue('Root');
  respond(service, [isPost, lose]);
  await press(user, 'Save');
  expect(await screen.findByText(missing)).toBeDefined();
});

test('A game that this tab saved before a reload is not accepted as the lost one', async () => {
  const first = await fillIn();
  await press(first.user, 'Save');
  await waitFor(() => expect(currentAddress()).toBe(`/games/${first.service.games[0]?.id}`));
  first.unmount();

  const { user, service } = open('/games/new', first.service);
  await fillInForm(user);
  respond(service, [isPost, lose]);
  await press(user, 'Save');
  expect(await screen.findByText(missing)).toBeDefined();
});

test('The search reads past a hundred later games, and stops at earlier ones', async () => {
  const { user, service } = await fillIn();
  const some = (count: number, first: number, scheduled_at: string) =>
    Array.from({ length: count }, (_, n) => aGame(first + n, { title: 'Root', scheduled_at }));
  respond(service, [isPost, storeAndLose(service)]);
  service.add(...some(150, 1, '2100-01-01T00:00:00Z'));
  await press(user, 'Save');
  await screen.findByText(lost);

  service.games = service.games.slice(0, 150);
  service.add(...some(250, 200, '2000-01-01T00:00:00Z'));
  await goTo('/games/new');
  const lists = service.calls.filter(isList).length;
  await fillInForm(user);
  respond(service, [isPost, lose]);
  await press(user, 'Save');
  await screen.findByText(missing);
  expect(service.calls.filter(isList)).toHaveLength(lists + 2);
});

test('Without a fresh connection nothing is sent and nothing is searched', async () => {
  const { user, service } = await fillIn();
  respond(service, [({ url }) => url.pathname === '/api/v1/fresh-connection', lose]);
  await press(user, 'Save');
  expect(await screen.findByText('GameImages cannot be reached. Check your internet connection.')).toBeDefined();
  expect([posts(service).length, service.calls.filter(isList).length]).toEqual([0, 0]);
  await press(user, 'Try again');
  await waitFor(() => expect(service.games).toHaveLength(1));
});

test('A rejected game is not searched', async () => {
  const { user, service } = await fillIn();
  const errors = { channel_id: ['Channel 5 belongs to another guild.'] };
  respond(service, [isPost, () => problem(422, { title: 'Some fields are not valid.', errors })]);
  await press(user, 'Save');
  await screen.findByText('Channel 5 belongs to another guild.');
  expect(service.calls.filter(isList)).toHaveLength(0);
});

test('Over HTTP/1.1, six connections are closed before a game is posted', async () => {
  const { user, service } = await fillIn();
  await press(user, 'Save');
  await waitFor(() => expect(posts(service)).toHaveLength(1));
  const paths = service.calls.map(({ url }) => url.pathname);
  const post = paths.indexOf('/api/v1/games');
  expect(paths.slice(post - 6, post)).toEqual(Array(6).fill('/api/v1/fresh-connection'));
});
