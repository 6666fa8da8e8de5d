import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Problem } from '../../src/api/problem';
import { repeat, waits } from '../../src/api/repeat';

beforeEach(() => {
  waits.splice(0, waits.length, 1, 2, 4, 8);
  vi.useFakeTimers();
});

afterEach(() => void vi.useRealTimers());

const lost = (retryAfter: string | null = null) => new Problem(503, {}, retryAfter);

/** Fails with these errors, and then returns "done". */
function requestOf(...errors: Error[]) {
  const waited: number[] = [];
  const request = vi.fn<() => Promise<string>>(async () => {
    const error = errors.shift();
    if (error) throw error;
    return 'done';
  });
  const stop = new AbortController();
  const result = repeat(request, (seconds) => waited.push(seconds), stop.signal);
  result.catch(() => {});
  return { request, waited, stop, result };
}

test('Each wait is twice as long as the one before, and the fifth lost answer is an error', async () => {
  const last = lost();
  const { request, waited, result } = requestOf(lost(), lost(), lost(), lost(), last);
  await vi.advanceTimersByTimeAsync(14_999);
  expect(request).toHaveBeenCalledTimes(4);
  await vi.advanceTimersByTimeAsync(1);
  expect(waited).toEqual([1, 2, 4, 8]);
  await expect(result).rejects.toBe(last);
});

test.each([
  ['3', 3],
  ['0', 1],
  ['900', 30],
])('Retry-After: %s makes the app wait %i seconds', async (header, seconds) => {
  const { waited, result } = requestOf(lost(header));
  await vi.advanceTimersByTimeAsync(seconds * 1000);
  expect(await result).toBe('done');
  expect(waited).toEqual([seconds]);
});

test.each([400, 401, 412, 422, 429, 500])('Status %i is not repeated', async (status) => {
  const { request, result } = requestOf(new Problem(status));
  await expect(result).rejects.toMatchObject({ status });
  expect(request).toHaveBeenCalledTimes(1);
});

test('A cancelled wait ends at once', async () => {
  const { request, stop, result } = requestOf(lost());
  await vi.advanceTimersByTimeAsync(500);
  stop.abort();
  await expect(result).rejects.toMatchObject({ name: 'AbortError' });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(request).toHaveBeenCalledTimes(1);
});
