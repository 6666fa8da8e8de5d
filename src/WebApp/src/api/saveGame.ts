import type { TaggedGame } from './games';
import { Problem } from './problem';
import { csrfHeader, refusal } from './request';

export interface Save {
  /** A form when pictures come along, otherwise fields for JSON. */
  body: FormData | Record<string, unknown>;
  /** The game to change, in the version that was read; a new one without it. */
  base?: { id: string; etag: string } | undefined;
  /** Called with the share that is sent, 0 to 1. */
  onProgress: (sent: number) => void;
  signal: AbortSignal;
}

// The service takes two minutes at most for a whole upload.
const answerMilliseconds = 60_000;

/**
 * Creates or changes a game. A change names its version, so that the service makes it once, however often it is sent; a new game needs a fresh connection.
 * XMLHttpRequest, because fetch does not tell how much is sent.
 * @throws {Problem} The service refused, or did not answer.
 * @throws {DOMException} AbortError, when the signal cancelled it.
 */
export function saveGame({ body, base, onProgress, signal }: Save): Promise<TaggedGame> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open(base ? 'PATCH' : 'POST', base ? `/api/v1/games/${base.id}` : '/api/v1/games');
    for (const [name, value] of Object.entries(csrfHeader())) xhr.setRequestHeader(name, value);
    if (base) xhr.setRequestHeader('If-Match', base.etag);

    xhr.upload.onprogress = ({ loaded, total }) => onProgress(loaded / total);
    xhr.onerror = () => reject(Problem.unreachable());
    xhr.onabort = () => reject(new DOMException('Cancelled.', 'AbortError'));
    xhr.onloadend = () => clearTimeout(timer);
    xhr.onload = () => {
      if (xhr.status < 200 || xhr.status >= 300) return reject(refusal(xhr.status, xhr.responseText, xhr.getResponseHeader('Retry-After')));
      try {
        resolve({ game: JSON.parse(xhr.responseText), etag: xhr.getResponseHeader('ETag') ?? '*' });
      } catch {
        reject(new Problem(0, { detail: 'Something else answered than the service, such as the sign-in page of a network.' }));
      }
    };

    let timer: ReturnType<typeof setTimeout>;
    xhr.upload.onload = () => {
      timer = setTimeout(() => {
        reject(new Problem(0, { detail: 'The service does not answer.' }));
        xhr.abort();
      }, answerMilliseconds);
    };

    signal.addEventListener('abort', () => xhr.abort());
    if (body instanceof FormData) return xhr.send(body);
    xhr.setRequestHeader('Content-Type', 'application/json');
    xhr.send(JSON.stringify(body));
  });
}
