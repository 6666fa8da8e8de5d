import { read } from './early';
import { Problem } from './problem';

let csrfToken = '';
const listeners = new Set<(problem: Problem) => void>();

export const setCsrfToken = (token: string) => {
  csrfToken = token;
};

/** The header that a change needs besides the cookie. */
export const csrfHeader = (): Record<string, string> => ({ 'X-CSRF-Token': csrfToken });

/** @returns What stops the calls. */
export function onRefusal(listener: (problem: Problem) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Reads what the service refused, and tells whoever listens: one that is signed out shows everywhere. */
export function refusal(status: number, text: string, retryAfter: string | null): Problem {
  const problem = Problem.read(status, text, retryAfter);
  for (const listener of listeners) listener(problem);
  return problem;
}

/** @throws {Problem} The service refused, or did not answer. */
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
