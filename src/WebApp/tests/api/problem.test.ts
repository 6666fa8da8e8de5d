import { expect, test } from 'vitest';
import { Problem } from '../../src/api/problem';

test.each([
  [429, '', 'Too many requests came in a short time. Try again in a minute. The service answered 429.'],
  [502, '<h1>Bad gateway</h1>', 'The service has trouble at the moment. Try again in a while. The service answered 502.'],
  [429, '{"title":"Too Many Requests"}', 'Too many requests came in a short time. Try again in a minute. The service answered 429.'],
  [401, '{"title":"Unauthorized"}', 'You are not signed in any more. Sign in, and try again.'],
  [404, '{"title":"Not Found"}', 'This is not there any more, or it is not one of your guilds’.'],
  [400, '{"title":"Some fields are not valid."}', 'Some fields are not valid.'],
  [405, '', 'The service answered 405.'],
  [500, '{"title":"Internal Server Error","detail":"The disk is full."}', 'The disk is full.'],
])('An answer %i of %j has a sentence', (status, body, sentence) => {
  expect(Problem.read(status, body).message).toBe(sentence);
});

test.each([
  [429, '{}', '1', 'Too many requests came in a short time. Try again in a second. The service answered 429.'],
  [429, '{"detail":"You may run 2 searches at a time."}', '5', 'You may run 2 searches at a time. Try again in 5 seconds.'],
  [429, '{"detail":"The next one will be answered in 4 seconds."}', '4', 'The next one will be answered in 4 seconds.'],
  [429, '', '91', 'Too many requests came in a short time. Try again in 2 minutes. The service answered 429.'],
  [429, '', 'Mon, 30 Nov 2026 05:00:00 GMT', 'Too many requests came in a short time. Try again in a minute. The service answered 429.'],
  [503, '{}', '10', 'The service has trouble at the moment. Try again in 10 seconds. The service answered 503.'],
])('An answer %i of %j with Retry-After: %s says when to try again', (status, body, retryAfter, sentence) => {
  expect(Problem.read(status, body, retryAfter).message).toBe(sentence);
});
