import { expect, test } from 'vitest';
import { Problem } from '../../src/api/problem';

const tooMany = 'You sent too many requests in a short time.';
const trouble = 'GameImages has a problem at the moment.';

test.each([
  [429, '', `${tooMany} Try again in a minute. GameImages reported error 429.`],
  [502, '<h1>Bad gateway</h1>', `${trouble} Try again in a few minutes. GameImages reported error 502.`],
  [429, '{"title":"Too Many Requests"}', `${tooMany} Try again in a minute. GameImages reported error 429.`],
  [401, '{"title":"Unauthorized"}', 'You are no longer signed in. Sign in and try again.'],
  [404, '{"title":"Not Found"}', 'This was deleted, or it belongs to a guild that you are not a member of.'],
  [400, '{"title":"Some fields are not valid."}', 'Some fields are not valid.'],
  [405, '', 'GameImages reported error 405.'],
  [500, '{"title":"Internal Server Error","detail":"The disk is full."}', 'The disk is full.'],
])('Status %i with the body %j has a message', (status, body, sentence) => {
  expect(Problem.read(status, body).message).toBe(sentence);
});

test.each([
  [429, '{}', '1', `${tooMany} Try again in a second. GameImages reported error 429.`],
  [429, '{"detail":"You may run 2 searches at a time."}', '5', 'You may run 2 searches at a time. Try again in 5 seconds.'],
  [429, '{"detail":"The next one will be answered in 4 seconds."}', '4', 'The next one will be answered in 4 seconds.'],
  [429, '', '91', `${tooMany} Try again in 2 minutes. GameImages reported error 429.`],
  [429, '', 'Mon, 30 Nov 2026 05:00:00 GMT', `${tooMany} Try again in a minute. GameImages reported error 429.`],
  [503, '{}', '10', `${trouble} Try again in 10 seconds. GameImages reported error 503.`],
])('Status %i with the body %j and Retry-After: %s says when to try again', (status, body, retryAfter, sentence) => {
  expect(Problem.read(status, body, retryAfter).message).toBe(sentence);
});

test.each([
  [
    'guild_bytes',
    "The guild's pictures take 3.0 MiB of 5.0 MiB, so there is no room for another one. Choose one of your guild's pictures.",
  ],
  ['guild_images', "The guild has 3,145,728 of 5,242,880 pictures, so it cannot have another one. Choose one of your guild's pictures."],
  ['guild_games', 'The guild has 3,145,728 of 5,242,880 games. Delete an old game first.'],
  [
    'unused_uploads',
    "You have 3,145,728 of 5,242,880 uploads that no game shows. Choose one of your guild's pictures, or try again tomorrow.",
  ],
  ['other', 'A quota is exceeded.'],
])('The quota %s is explained', (quota, sentence) => {
  const body = { quota, limit: 5 << 20, use: 3 << 20, detail: 'A quota is exceeded.' };
  expect(Problem.read(413, JSON.stringify(body)).message).toBe(sentence);
});
