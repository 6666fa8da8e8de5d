import { expect, test } from 'vitest';
import { Problem } from '../../src/api/problem';

test.each([
  [429, '', 'Too many requests came in a short time. Try again in a minute. The service answered 429.'],
  [502, '<h1>Bad gateway</h1>', 'The service has trouble at the moment. Try again in a while. The service answered 502.'],
  [405, '', 'The service answered 405.'],
  [500, '{"title":"Internal Server Error","detail":"The disk is full."}', 'The disk is full.'],
])('An answer %i of %j has a sentence', (status, body, sentence) => {
  expect(Problem.read(status, body).message).toBe(sentence);
});
