import { Problem } from './problem';
import { cancelled } from './send';

/** How many seconds to wait before each repetition. */
export const waits = [1, 2, 4, 8];
const longestWait = 30;

/** Whether the service may have carried the request out without saying so, or is doing so now (409). */
const isAnswerLost = ({ status }: Problem) => [0, 409, 502, 503, 504].includes(status);

/**
 * Sends a request that the service carries out only once, again and again until an answer arrives, up to five times.
 * @param onWait Called after each lost answer, with the seconds until the next request.
 * @throws {Problem} The service rejected the request, or the last answer was lost, too.
 * @throws {DOMException} AbortError: the signal cancelled the request or the wait.
 */
export async function repeat<T>(
  request: () => Promise<T>,
  onWait: (seconds: number) => void,
  signal: AbortSignal,
): Promise<T> {
  for (const wait of waits) {
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof Problem) || !isAnswerLost(error)) throw error;
      const seconds = Math.min(Math.max(wait, error.retryAfter ?? 0), longestWait);
      onWait(seconds);
      await pause(seconds, signal);
    }
  }
  return request();
}

/** Waits for some seconds, or until the browser is online again. */
function pause(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener('online', end);
      signal.removeEventListener('abort', end);
      if (signal.aborted) reject(cancelled());
      else resolve();
    };
    const timer = setTimeout(end, seconds * 1000);
    addEventListener('online', end);
    signal.addEventListener('abort', end);
  });
}
