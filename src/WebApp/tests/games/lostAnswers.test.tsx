import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { readDraft } from '../../src/games/form/draft';
import { aGame, type Call, problem, type Service } from '../service';
import { currentAddress, goTo, open, Upload } from '../render';

const lost = 'Your game was saved. Only the answer got lost.';
const absent = 'Your game is not in the list, so it was probably not saved.';
const missing = `The service cannot be reached. ${absent}`;
const unknown = 'It is not known yet whether your game was saved. If you send it again, it may be there twice.';
const start = '2099-02-07T19:30';

const posts = (service: Service) => service.sent('POST', '/api/');
const press = (user: UserEvent, name: string) => user.click(screen.getByRole('button', { name }));
const isPost = ({ method }: Call) => method === 'POST';
const isList = ({ method, url }: Call) => method === 'GET' && url.pathname === '/api/v1/games';

async function fillInForm(user: UserEvent) {
  await user.type(await screen.findByRole('textbox', { name: /^Title/ }), 'Root');
  await user.selectOptions(screen.getByRole('combobox', { name: /^Guild/ }), 'Board gamers');
  await user.type(screen.getByRole('textbox', { name: /^Channel ID/ }), '5');
  fireEvent.change(screen.getByLabelText(/^Start/), { target: { value: start } });
}

async function fillIn() {
  const view = open('/games/new');
  await fillInForm(view.user);
  return view;
}

type Step = [fits: (call: Call) => boolean, answer: (call: Call) => Response];

/** Answers the next call that fits the first step, then the next that fits the second. */
function answer(service: Service, ...[step, ...rest]: Step[]) {
  service.refuse =
    step &&
    ((call) => {
      if (!step[0](call)) return undefined;
      answer(service, ...rest);
      return step[1](call);
    });
}

const lose = () => Response.error();

/** Stores what is sent, and loses the answer. */
const storeAndLose = (service: Service) => (call: Call) => {
  service.answer(call);
  service.calls.pop();
  return Response.error();
};

test('A new game whose answer got lost is looked for, and shown instead of being sent again', async () => {
  const { user, service } = await fillIn();
  answer(service, [isPost, storeAndLose(service)]);
  await press(user, 'Save');

  await waitFor(() => expect(currentAddress()).toBe(`/games/${service.games[0]?.id}`));
  expect(await within(screen.getByRole('log', { name: 'Notices' })).findByText(lost)).toBeDefined();
  expect(posts(service)).toHaveLength(1);
  expect(readDraft('draft:7:new')).toBeNull();
});

test.each([
  ['no answer', lose, missing],
  ['502', () => new Response('', { status: 502 }), /^The service has trouble.* so it was probably not saved\.$/],
])('A new game with %s that is not in the list is sent again when that is wanted, once', async (_, failure, reason) => {
  const { user, service } = await fillIn();
  answer(service, [isPost, failure]);
  await press(user, 'Save');
  await screen.findByText(reason);
  expect(service.sent('GET', '/api/v1/games').at(-1)!.url.search).toBe('?limit=100&guild_id=42&text=Root');

  await press(user, 'Try again');
  await waitFor(() => expect(currentAddress()).toBe(`/games/${service.games[0]?.id}`));
  expect(posts(service)).toHaveLength(2);
  expect(service.games).toHaveLength(1);
});

test('Try again looks once more, since the service may have been slow', async () => {
  const { user, service } = await fillIn();
  let late: Call | undefined;
  answer(service, [
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

test('What cannot be looked up is said, and looked up again before anything is sent', async () => {
  const { user, service } = await fillIn();
  answer(service, [isPost, lose], [isList, lose], [isList, () => problem(429, { detail: 'One list at a time.' })]);
  await press(user, 'Save');
  await screen.findByText(`The service cannot be reached. ${unknown}`);
  expect(screen.queryByRole('button', { name: /^(Save|Try again)$/ })).toBeNull();
  await press(user, 'Check again');
  await screen.findByText(`One list at a time. ${unknown}`);
  await press(user, 'Check again');
  await screen.findByText(absent);
  expect(posts(service)).toHaveLength(1);

  await press(user, 'Try again');
  await waitFor(() => expect(service.games).toHaveLength(1));
});

test('A game that cannot be looked up is sent again when the member accepts that it may be there twice', async () => {
  const { user, service } = await fillIn();
  const refuse = () => problem(422, { errors: { channel_id: ['No such channel.'] } });
  answer(service, [isPost, lose], [isList, lose], [isPost, refuse], [isList, lose]);
  await press(user, 'Save');
  await screen.findByText(`The service cannot be reached. ${unknown}`);
  await press(user, 'Send again anyway');
  await screen.findByText('No such channel.');

  // The refusal of the second attempt does not tell whether the first one is stored.
  await press(user, 'Try again');
  await screen.findByText(`The service cannot be reached. ${unknown}`);
  Upload.holds = true;
  await press(user, 'Send again anyway');
  await waitFor(() => expect(Upload.held).toHaveLength(1));
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Saving…' }));
  await act(() => Upload.held[0]!.finish());
  await waitFor(() => expect(currentAddress()).toBe(`/games/${service.games[0]?.id}`));
  expect(posts(service)).toHaveLength(3);
});

test('Send again anyway asks first when the start has passed', async () => {
  const { user, service } = await fillIn();
  fireEvent.change(screen.getByLabelText(/^Start/), { target: { value: '2020-02-07T19:30' } });
  answer(service, [isPost, lose], [isList, lose], [isList, lose]);
  await press(user, 'Save');
  await user.click(await screen.findByRole('button', { name: 'Save it all the same' }));
  await screen.findByText(new RegExp(unknown));
  await press(user, 'Send again anyway');
  await user.click(await screen.findByRole('button', { name: 'Save it all the same' }));
  await waitFor(() => expect(service.games).toHaveLength(1));
  expect(posts(service)).toHaveLength(2);
});

test('The notice of a form that was left says that its game is probably not saved', async () => {
  const { user } = await fillIn();
  Upload.holds = true;
  await press(user, 'Save');
  await waitFor(() => expect(Upload.held).toHaveLength(1));
  await goTo('/games');
  act(() => Upload.held[0]!.onerror());
  await screen.findByText(
    'The service cannot be reached. Root is not in the list, so it was probably not saved. What you wrote is still in the form.',
  );
});

test('A page that is opened again after its game was sent looks before it sends', async () => {
  const first = await fillIn();
  answer(first.service, [isPost, storeAndLose(first.service)], [isList, lose]);
  await press(first.user, 'Save');
  await screen.findByText(new RegExp(unknown));
  first.unmount();

  const { user, service } = open('/games/new', first.service);
  expect(await screen.findByDisplayValue('Root')).toBeDefined();
  await screen.findByText('This game was sent and may already be saved. Save checks that first.');
  await press(user, 'Discard');
  await screen.findByText('This game was sent and may already be saved. Discarding it here does not delete it.');
  await press(user, 'Keep it');
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
  await screen.findByText(/^This game is being sent already/);

  await act(() => Upload.held[0]!.finish());
  await screen.findByText('Root is saved.');
  await press(user, 'Try again');
  await screen.findByText(lost);
  expect(posts(service)).toHaveLength(1);
});

test('What was changed since a game was sent is kept when the game is found', async () => {
  const { user, service } = await fillIn();
  answer(service, [isPost, storeAndLose(service)], [isList, lose]);
  await press(user, 'Save');
  await screen.findByText(new RegExp(unknown));
  await user.type(screen.getByRole('textbox', { name: /^Title/ }), '!');
  await press(user, 'Check again');
  await screen.findByText(`${lost} What you changed since is not saved yet.`);

  await press(user, 'Save');
  await waitFor(() => expect(service.games).toMatchObject([{ title: 'Root!', version: 2 }]));
});

test('Nothing but a game of oneself with this title, channel and start that is new is taken for the lost one', async () => {
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
  answer(service, [isPost, lose]);
  await press(user, 'Save');
  expect(await screen.findByText(missing)).toBeDefined();
});

test('A game that this tab saved before the page was loaded again is not taken for the lost one', async () => {
  const first = await fillIn();
  await press(first.user, 'Save');
  await waitFor(() => expect(currentAddress()).toBe(`/games/${first.service.games[0]?.id}`));
  first.unmount();

  const { user, service } = open('/games/new', first.service);
  await fillInForm(user);
  answer(service, [isPost, lose]);
  await press(user, 'Save');
  expect(await screen.findByText(missing)).toBeDefined();
});

test('A game is found behind a hundred that start later, and nothing is read that starts earlier', async () => {
  const { user, service } = await fillIn();
  const some = (count: number, first: number, scheduled_at: string) =>
    Array.from({ length: count }, (_, n) => aGame(first + n, { title: 'Root', scheduled_at }));
  answer(service, [isPost, storeAndLose(service)]);
  service.add(...some(150, 1, '2100-01-01T00:00:00Z'));
  await press(user, 'Save');
  await screen.findByText(lost);

  service.games = service.games.slice(0, 150);
  service.add(...some(250, 200, '2000-01-01T00:00:00Z'));
  await goTo('/games/new');
  const lists = service.calls.filter(isList).length;
  await fillInForm(user);
  answer(service, [isPost, lose]);
  await press(user, 'Save');
  await screen.findByText(missing);
  expect(service.calls.filter(isList)).toHaveLength(lists + 2);
});

test('Without a connection nothing is sent, and nothing is looked for', async () => {
  const { user, service } = await fillIn();
  answer(service, [({ url }) => url.pathname === '/api/v1/fresh-connection', lose]);
  await press(user, 'Save');
  expect(await screen.findByText('The service cannot be reached.')).toBeDefined();
  expect([posts(service).length, service.calls.filter(isList).length]).toEqual([0, 0]);
  await press(user, 'Try again');
  await waitFor(() => expect(service.games).toHaveLength(1));
});

test('A refusal settles that a game is not stored', async () => {
  const { user, service } = await fillIn();
  answer(service, [isPost, () => problem(422, { title: 'Some fields are not valid.', errors: { channel_id: ['Channel 5 belongs to another guild.'] } })]);
  await press(user, 'Save');
  await screen.findByText('Channel 5 belongs to another guild.');
  expect(service.calls.filter(isList)).toHaveLength(0);
});

test('Over HTTP/1.1, six connections are closed before a game is posted', async () => {
  const { user, service } = await fillIn();
  await press(user, 'Save');
  await waitFor(() => expect(posts(service)).toHaveLength(1));
  const paths = service.calls.map(({ url }) => url.pathname);
  expect(paths.slice(paths.indexOf('/api/v1/games') - 6, paths.indexOf('/api/v1/games'))).toEqual(Array(6).fill('/api/v1/fresh-connection'));
});
