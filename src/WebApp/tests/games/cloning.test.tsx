import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { aGame, Service } from '../service';
import { currentAddress, open } from '../render';

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

function service(changes = {}, ...images: string[]) {
  const made = new Service().add({ ...original, ...changes });
  made.images = new Set(images);
  return made;
}

const clone = (made = service({}, 't', 'b')) => open(`/games/${original.id}/clone`, made);
const save = () => screen.getByRole('button', { name: /^(Save|Try again)$/ });
const posts = (made: Service) => made.sent('POST', '/api/');

test('A clone is created once, when it is saved, with the pictures of the original and the member as host', async () => {
  const { user, service: made } = open(`/games/${original.id}`, service({}, 't', 'b'));
  await user.click(await screen.findByRole('link', { name: 'Clone' }));
  const title = await screen.findByDisplayValue('Root');
  expect(screen.getByText(/^Hosted by/)).toHaveProperty('textContent', 'Hosted by Ann');
  expect(screen.getByRole('img', { name: 'Banner of this game' })).toHaveProperty('src', expect.stringMatching(/\/images\/b$/));
  await user.type(title, ' again');
  expect(posts(made)).toHaveLength(0);

  const button = save();
  act(() => {
    button.click();
    button.click();
  });
  await waitFor(() => expect(currentAddress()).toBe(`/games/${made.games[1]?.id}`));
  expect(posts(made).map(({ url }) => url.pathname)).toEqual(['/api/v1/games']);
  const body = posts(made)[0]!.body as FormData;
  expect(Object.fromEntries(body)).toEqual({
    guild_id: '42',
    channel_id: original.channel_id,
    title: 'Root again',
    scheduled_at: original.scheduled_at,
    location: 'Table 3',
    max_players: '5',
    banner: expect.any(File),
    thumbnail: expect.any(File),
  });
  expect((body.get('banner') as File).name).toBe('b');
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
  const sent = [...(posts(made)[0]!.body as FormData).keys()];
  expect(sent.filter((name) => name.includes('thumbnail') || name.includes('banner'))).toEqual(['banner']);
  expect(made.sent('GET', '/api/v1/public/images/').map(({ url }) => url.pathname)).toEqual(['/api/v1/public/images/b']);
});

test('A clone with a start in the past asks for a new start at once', async () => {
  clone(service({ scheduled_at: '2020-01-01T20:00:00Z' }));
  expect(await screen.findByText('This start time has passed. Choose a new one.')).toBeDefined();
  expect(screen.getByLabelText(/^Start/).getAttribute('aria-invalid')).toBe('true');
});

test('A clone whose picture was deleted is sent only after the picture is replaced or removed', async () => {
  const { user, service: made } = clone(service({}, 't'));
  await screen.findByDisplayValue('Root');
  await user.click(save());
  const banner = within(screen.getByRole('group', { name: 'Banner' }));
  expect(await banner.findByText('The banner of the original game was deleted. Choose another one, or remove it.')).toBeDefined();
  expect(posts(made)).toHaveLength(0);

  await user.click(banner.getByRole('button', { name: 'Remove the banner' }));
  await user.click(save());
  await waitFor(() => expect(made.games).toMatchObject([{}, { banner_image_id: null, thumbnail_id: expect.any(String) }]));
});

test('A clone whose picture cannot be fetched can be saved again later', async () => {
  const made = service({}, 't', 'b');
  const limited = () => new Response(null, { status: 429, headers: { 'Retry-After': '7' } });
  made.refuse = (call) => (call.url.pathname.endsWith('/b') ? limited() : undefined);
  const { user } = clone(made);
  await screen.findByDisplayValue('Root');
  await user.click(save());
  const tooMany = 'You sent too many requests in a short time. Try again in 7 seconds. GameImages reported error 429.';
  expect(await screen.findByText(tooMany)).toBeDefined();
  await user.click(save());
  await waitFor(() => expect(made.games).toHaveLength(2));
});
