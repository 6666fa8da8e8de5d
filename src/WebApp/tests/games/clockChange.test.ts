import { afterEach, expect, test, vi } from 'vitest';
import { clockChange } from '../../src/games/clockChange';
import { fromLocalInput, toLocalInput } from '../../src/games/time';

afterEach(() => void vi.unstubAllEnvs());

const skipped = (local: string, start: string) => `The clocks go forward and skip ${local} on this day. The game starts at ${start}.`;
const repeated = (local: string, place: string) =>
  `The clocks go back on this day, so ${local} occurs twice. The game starts at the ${place}.`;

test.each([
  ['Europe/Berlin', '2027-03-28T01:59', null],
  ['Europe/Berlin', '2027-03-28T02:00', skipped('02:00', '03:00 (01:00 UTC)')],
  ['Europe/Berlin', '2027-03-28T02:59', skipped('02:59', '03:59 (01:59 UTC)')],
  ['Europe/Berlin', '2027-03-28T03:00', null],
  ['Europe/Berlin', '2027-10-31T01:59', null],
  ['Europe/Berlin', '2027-10-31T02:00', repeated('02:00', 'first one (00:00 UTC)')],
  ['Europe/Berlin', '2027-10-31T02:59', repeated('02:59', 'first one (00:59 UTC)')],
  ['Europe/Berlin', '2027-10-31T03:00', null],
  ['America/New_York', '2027-03-14T02:30', skipped('02:30', '03:30 (07:30 UTC)')],
  ['America/New_York', '2027-11-07T01:30', repeated('01:30', 'first one (05:30 UTC)')],
  ['America/New_York', '2027-11-07T02:00', null],
  ['Australia/Lord_Howe', '2027-10-03T02:00', skipped('02:00', '02:30 (15:30 UTC)')],
  ['Australia/Lord_Howe', '2027-10-03T02:30', null],
  ['Australia/Lord_Howe', '2027-04-04T01:30', repeated('01:30', 'first one (14:30 UTC)')],
  ['Australia/Lord_Howe', '2027-04-04T01:29', null],
  ['America/Sao_Paulo', '2018-11-04T00:30', skipped('00:30', '01:30 (03:30 UTC)')],
  ['Europe/Dublin', '2027-10-31T01:30', repeated('01:30', 'first one (00:30 UTC)')],
  ['Asia/Tokyo', '2027-03-28T02:30', null],
  ['Europe/Berlin', '0002-03-28T02:30', null],
])('In %s, the typed time %s is explained', (zone, local, sentence) => {
  vi.stubEnv('TZ', zone);
  expect(clockChange(local, fromLocalInput(local))).toBe(sentence);
});

test.each([
  ['Europe/Berlin', '2027-10-31T00:30:00Z', repeated('02:30', 'first one (00:30 UTC)')],
  ['Europe/Berlin', '2027-10-31T01:30:00Z', repeated('02:30', 'second one (01:30 UTC)')],
  ['America/New_York', '2027-11-07T06:30:00Z', repeated('01:30', 'second one (06:30 UTC)')],
  ['Australia/Lord_Howe', '2027-04-03T15:00:00Z', repeated('01:30', 'second one (15:00 UTC)')],
  ['Australia/Lord_Howe', '2027-04-03T15:30:00Z', null],
  ['Europe/Berlin', '2027-03-28T01:00:00Z', null],
])('In %s, the start %s of a stored game is explained', (zone, time, sentence) => {
  vi.stubEnv('TZ', zone);
  expect(clockChange(toLocalInput(time), time)).toBe(sentence);
});
