import { Problem } from './problem';

// As many connections as browsers open to one origin over HTTP/1.1.
const mostConnections = 6;

/**
 * Whether one connection carries all requests (HTTP/2 and later). Browsers send the body of a request as a stream only there.
 * @see https://fetch.spec.whatwg.org/#http-network-fetch
 */
export function isMultiplexed(): boolean {
  const [page] = performance.getEntriesByType?.('navigation') ?? [];
  return ['h2', 'h3'].includes((page as PerformanceNavigationTiming | undefined)?.nextHopProtocol ?? '');
}

/**
 * Makes the next request of this page use a connection that it opens for itself. A browser that sends a POST on a connection which it has used before
 * sends it again without a word when that connection is closed before the first byte of the answer, and the service does it twice. Over HTTP/1.1 the
 * service closes the connection of each of these requests, so that none is left. Over HTTP/2 saveGame streams the body, which cannot be sent twice.
 * @returns When that was, in milliseconds, by the service's clock.
 * @throws {Problem} The service did not answer; nothing has been sent.
 */
export async function openFreshConnection(signal: AbortSignal): Promise<number> {
  const requests = Array.from({ length: isMultiplexed() ? 1 : mostConnections }, () => fetch('/api/v1/fresh-connection', { cache: 'no-store', signal }));
  const answers = await Promise.all(requests).catch((error) => {
    throw signal.aborted ? error : Problem.unreachable();
  });

  const failed = answers.find(({ ok }) => !ok);
  if (failed) throw Problem.read(failed.status, await failed.text(), failed.headers.get('Retry-After'));
  return Date.parse(answers[0]!.headers.get('Date') ?? '') || Date.now();
}
