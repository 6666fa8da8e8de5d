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
