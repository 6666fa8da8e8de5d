import { Problem } from './problem';

// As many connections as browsers open to one origin over HTTP/1.1. Over HTTP/2 and later there is one.
const mostConnections = 6;

function countConnections(): number {
  const [page] = performance.getEntriesByType?.('navigation') ?? [];
  return ['h2', 'h3'].includes((page as PerformanceNavigationTiming | undefined)?.nextHopProtocol ?? '') ? 1 : mostConnections;
}

/**
 * Makes the browser open a new connection for the next request of this page: the service closes the connections of these requests, so
 * that none is left. When a reused connection is closed before the first byte of the answer, the browser silently sends a POST again,
 * and the service does it twice.
 * @returns When that was, in milliseconds, by the service's clock.
 * @throws {Problem} The service did not answer.
 */
export async function openFreshConnection(signal: AbortSignal): Promise<number> {
  const requests = Array.from({ length: countConnections() }, () => fetch('/api/v1/fresh-connection', { cache: 'no-store', signal }));
  const answers = await Promise.all(requests).catch((error) => {
    throw signal.aborted ? error : Problem.unreachable();
  });

  const failed = answers.find(({ ok }) => !ok);
  if (failed) throw Problem.read(failed.status, await failed.text(), failed.headers.get('Retry-After'));
  return Date.parse(answers[0]!.headers.get('Date') ?? '') || Date.now();
}
