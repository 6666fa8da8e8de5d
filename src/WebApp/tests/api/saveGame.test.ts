import { expect, test, vi } from 'vitest';
import { saveGame } from '../../src/api/saveGame';
import { serve, Upload } from '../render';
import { Service } from '../service';

const send = () => saveGame({ body: { title: 'Root' }, signal: new AbortController().signal });

test('Saving fails a minute after the upload when no response arrives', async () => {
  vi.useFakeTimers();
  serve(new Service());
  Upload.holds = true;
  const settled = vi.fn<(problem: Error) => void>();
  send().catch(settled);

  Upload.held[0]!.upload.onload?.();
  await vi.advanceTimersByTimeAsync(59_999);
  expect(settled).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(settled.mock.calls[0]![0]).toMatchObject({ status: 0, message: 'GameImages did not respond within a minute.' });
  vi.useRealTimers();
});

test('A response that is not JSON fails the request', async () => {
  const service = new Service();
  service.refuse = () => new Response('<h1>Welcome to our WLAN</h1>');
  serve(service);
  await expect(send()).rejects.toMatchObject({ status: 0, message: expect.stringContaining('The response did not come from GameImages') });
});
