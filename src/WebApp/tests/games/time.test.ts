import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { until } from '../../src/games/time';

beforeAll(() => void vi.stubEnv('TZ', 'Europe/Berlin'));
afterAll(() => void vi.unstubAllEnvs());

const noon = '2027-02-03T12:00:00+01:00';

test.each([
  ['30 s', noon, '2027-02-03T12:00:30+01:00', 'now'],
  ['-30 s', noon, '2027-02-03T11:59:30+01:00', 'now'],
  ['89 min', noon, '2027-02-03T13:29:00+01:00', 'in 89 minutes'],
  ['-119 min', noon, '2027-02-03T10:01:00+01:00', '119 minutes ago'],
  ['3 h 40 min', noon, '2027-02-03T15:40:00+01:00', 'in 4 hours'],
  ['23 h across midnight', noon, '2027-02-04T11:00:00+01:00', 'in 23 hours'],
  ['24 h', noon, '2027-02-04T12:00:00+01:00', 'tomorrow'],
  ['47 h', noon, '2027-02-05T11:00:00+01:00', 'in 2 days'],
  ['47 h, all of them tomorrow', '2027-02-03T00:10:00+01:00', '2027-02-04T23:10:00+01:00', 'tomorrow'],
  ['-47 h', noon, '2027-02-01T13:00:00+01:00', '2 days ago'],
  ['-35 h', noon, '2027-02-02T01:00:00+01:00', 'yesterday'],
  ['a day of 23 h', '2027-03-27T12:00:00+01:00', '2027-03-28T13:00:00+02:00', 'tomorrow'],
  ['a day of 25 h', '2027-10-31T00:10:00+02:00', '2027-10-31T23:50:00+01:00', 'today'],
  ['13 d', noon, '2027-02-16T12:00:00+01:00', 'in 13 days'],
  ['59 d', noon, '2027-04-03T13:00:00+02:00', 'in 8 weeks'],
  ['100 d', noon, '2027-05-14T13:00:00+02:00', 'in 3 months'],
  ['700 d', noon, '2029-01-03T12:00:00+01:00', 'in 23 months'],
  ['1000 d', noon, '2029-10-30T12:00:00+01:00', 'in 3 years'],
])('A game that starts in %s is described in words', (_, now, time, said) => expect(until(time, Date.parse(now))).toBe(said));
