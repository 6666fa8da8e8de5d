import { Problem } from './problem';

// Browsers open up to six connections to one origin over HTTP/1.1, and one over HTTP/2 and later.
const mostConnections = 6;

function countConnections(): number {
  const [page] = performance.getEntriesByType?.('navigation') ?? [];
  return ['h2', 'h3'].includes((page as PerformanceNavigationTiming | undefined)?.nextHopProtocol ?? '') ? 1 : mostConnections;
}

/**
 * Makes the browser open a new connection for the next request of this page. The service closes the connections of these requests, so none
 * is left to reuse. When a reused connection is closed before the first byte of the response, the browser silently repeats a POST, and the
 * service creates the game twice.
 * @returns The time of the response, in milliseconds on the service's clock.
 * @throws {Problem} The service could not be reached, or reported an error.
 */
export async function openFreshConnection(signal: AbortSignal): Promise<number> {
  const requests = Array.from({ length: countConnections() }, () => fetch('/api/v1/fresh-connection', { cache: 'no-store', signal }));
  const responses = await Promise.all(requests).catch((error) => {
    throw signal.aborted ? error : Problem.unreachable();
  });

  const failed = responses.find(({ ok }) => !ok);
  if (failed) throw Problem.read(failed.status, await failed.text(), failed.headers.get('Retry-After'));
  return Date.parse(responses[0]!.headers.get('Date') ?? '') || Date.now();
}
