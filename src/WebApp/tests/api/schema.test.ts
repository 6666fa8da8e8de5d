import { expect, test } from 'vitest';
import { committed, generate } from '../../schema.mjs';
import { readRules } from '../../rules.ts';

test('The committed types match the approved OpenAPI document', async () => {
  expect(await generate()).toBe(await committed());
});

test('The limits of the form come from the approved OpenAPI document', () => {
  const { fields, maxFilterLength, maxImageBytes, maxImageSide } = readRules();
  expect(fields.title).toMatchObject({ required: true, maxLength: 200 });
  expect(fields.banner_alt).toMatchObject({ required: false, maxLength: 1000 });
  expect(fields.max_players).toMatchObject({ required: false, minimum: 1, maximum: 100 });
  expect([maxFilterLength, maxImageBytes, maxImageSide]).toEqual([100, 5_242_880, 4096]);
});
