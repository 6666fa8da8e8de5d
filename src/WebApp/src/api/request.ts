import { read } from './earlyResponses';
import { Problem } from './problem';

let csrfToken = '';
const listeners = new Set<(problem: Problem) => void>();

export const setCsrfToken = (token: string) => {
  csrfToken = token;
};

/** The header that a request needs to change something, in addition to the cookie. */
export const csrfHeader = (): Record<string, string> => ({ 'X-CSRF-Token': csrfToken });

/** @returns A function that removes the listener. */
export function onRefusal(listener: (problem: Problem) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Reads an error response and passes it to the listeners, so that the end of a session is noticed on every page. */
export function refusal(status: number, text: string, retryAfter: string | null): Problem {
  const problem = Problem.read(status, text, retryAfter);
  for (const listener of listeners) listener(problem);
  return problem;
}

/** @throws {Problem} The service rejected the request, or there was no response. */
export async function request(path: string, init: RequestInit = {}): Promise<Response> {
  const changes = init.method !== undefined;
  let response: Response;
  try {
    response = await (changes ? fetch(path, { ...init, headers: { ...init.headers, ...csrfHeader() } }) : read(path, init));
  } catch (error) {
    throw init.signal?.aborted ? error : Problem.unreachable();
  }

  if (!response.ok) throw refusal(response.status, await response.text(), response.headers.get('Retry-After'));
  return response;
}
