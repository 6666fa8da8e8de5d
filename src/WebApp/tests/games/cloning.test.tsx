import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { aGame, problem, Service } from '../service';
import { currentAddress, open } from '../render';
import { isPost, respond, storeAndLose } from './lostGame';

const original = aGame(1, {
  title: 'Root',
  host_id: '8',
  host_name: 'Bob',
  status: 'completed',
  location: 'Table 3',
  max_players: 5,
  thumbnail_id: 't',
  banner_image_id: 'b',
});

const service = (changes = {}) => new Service().add({ ...original, ...changes });

const clone = (made = service()) => open(`/games/${original.id}/clone`, made);
const save = () => screen.getByRole('button', { name: /^(Save|Try again)$/ });
const posts = (made: Service) => made.sent('POST', '/api/v1/');

test('A clone is created once, when it is saved, with the pictures of the original and the member as host', async () => {
  const { user, service: made } = open(`/games/${original.id}`, service());
  await user.click(await screen.findByRole('link', { name: 'Clone' }));
  const title = await screen.findByDisplayValue('Root');
  expect(screen.getByText(/^Hosted by/)).toHaveProperty('textContent', 'Hosted by Ann');
  expect(screen.getByRole('img', { name: 'Banner of this game' })).toHaveProperty('src', expect.stringMatching(/\/images\/b.jpg$/));
  await user.type(title, ' again');
  expect(posts(made)).toHaveLength(0);

  const button = save();
  act(() => {
    button.click();
    button.click();
  });
  await waitFor(() => expect(currentAddress()).toBe(`/games/${made.games[1]?.id}`));
  expect(posts(made).map(({ url }) => url.pathname)).toEqual(['/api/v1/games']);
  expect(posts(made)[0]!.body).toEqual({
    guild_id: '42',
    channel_id: original.channel_id,
    title: 'Root again',
    scheduled_at: original.scheduled_at,
    location: 'Table 3',
    max_players: 5,
    thumbnail_id: 't',
    banner_image_id: 'b',
  });
  expect(posts(made)[0]!.headers.get('Idempotency-Key')).not.toBeNull();
});

test('A discarded clone is never stored', async () => {
  const { user, service: made } = clone();
  await user.type(await screen.findByDisplayValue('Root'), '!');
  await user.click(screen.getByRole('button', { name: 'Discard' }));
  await user.click(await screen.findByRole('button', { name: 'Discard changes' }));
  await waitFor(() => expect(currentAddress()).toBe(`/games/${original.id}`));
  expect(posts(made)).toHaveLength(0);
  expect(sessionStorage).toHaveLength(0);
});

test('A clone is restored with its pictures, independently of the form of the original', async () => {
  const first = clone();
  await first.user.type(await screen.findByDisplayValue('Root'), '!');
  first.unmount();

  const second = open(`/games/${original.id}/edit`, service());
  await screen.findByDisplayValue('Root');
  second.unmount();

  const { user, service: made } = clone();
  expect(await screen.findByDisplayValue('Root!')).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Remove the thumbnail' }));
  await user.click(save());
  await waitFor(() => expect(made.games).toHaveLength(2));
  expect(posts(made)[0]!.body).toHaveProperty('banner_image_id', 'b');
  expect(posts(made)[0]!.body).not.toHaveProperty('thumbnail_id');
});

test('A clone with a start in the past asks for a new start at once', async () => {
  clone(service({ scheduled_at: '2020-01-01T20:00:00Z' }));
  expect(await screen.findByText('This start time has passed. Choose a new one.')).toBeDefined();
  expect(screen.getByLabelText(/^Start/).getAttribute('aria-invalid')).toBe('true');
});

test('A clone whose picture was deleted can be saved after the picture is replaced or removed', async () => {
  const { user, service: made } = clone();
  made.refuse = ({ method }) => (method === 'POST' ? problem(422, { errors: { banner_image_id: ['No such image.'] } }) : undefined);
  await screen.findByDisplayValue('Root');
  await user.click(save());
  const banner = within(screen.getByRole('group', { name: 'Banner' }));
  expect(await banner.findByText('This picture was deleted in the meantime. Choose another one, or remove it.')).toBeDefined();
  expect(posts(made)).toHaveLength(1);

  await user.click(banner.getByRole('button', { name: 'Remove the banner' }));
  await user.click(save());
  await waitFor(() => expect(made.games).toMatchObject([{}, { banner_image_id: null, thumbnail_id: 't' }]));
});

test('A clone whose answer was lost is stored once', async () => {
  const { user, service: made } = clone();
  respond(made, [isPost, storeAndLose(made)]);
  await screen.findByDisplayValue('Root');
  await user.click(save());
  await waitFor(() => expect(currentAddress()).toBe(`/games/${made.games[1]?.id}`));
  expect(made.games).toHaveLength(2);
});
