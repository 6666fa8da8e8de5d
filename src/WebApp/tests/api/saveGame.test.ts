import { expect, test, vi } from 'vitest';
import { saveGame } from '../../src/api/saveGame';
import { serve, Upload } from '../render';
import { Service } from '../service';

const send = () => saveGame({ body: { title: 'Root' }, onProgress: () => {}, signal: new AbortController().signal });

test('A service that takes everything and does not answer is not waited for longer than a minute', async () => {
  vi.useFakeTimers();
  serve(new Service());
  Upload.holds = true;
  const settled = vi.fn<(problem: Error) => void>();
  send().catch(settled);

  Upload.held[0]!.upload.onload?.();
  await vi.advanceTimersByTimeAsync(59_999);
  expect(settled).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(settled.mock.calls[0]![0]).toMatchObject({ status: 0, message: 'The service does not answer.' });
  vi.useRealTimers();
});

test('A page of the network in between is no answer', async () => {
  const service = new Service();
  service.refuse = () => new Response('<h1>Welcome to our WLAN</h1>');
  serve(service);
  await expect(send()).rejects.toMatchObject({ status: 0, message: expect.stringContaining('Something else answered than the service') });
});
