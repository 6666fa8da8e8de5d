import type { TaggedGame } from './games';
import { Problem } from './problem';
import { csrfHeader, refusal } from './request';

export interface Save {
  /** A form when there are pictures to send, otherwise the fields of a JSON object. */
  body: FormData | Record<string, unknown>;
  /** The game to change, in the version that was read. Without it, a new game is created. */
  base?: { id: string; etag: string } | undefined;
  /** Called with the share that has been sent, from 0 to 1. */
  onProgress: (sent: number) => void;
  signal: AbortSignal;
}

// How long to wait for the response after the request was sent completely.
const responseMilliseconds = 60_000;

/**
 * Creates or changes a game. A change names the version that it changes, so the service makes it only once, even if the request is sent
 * twice. Creating a game needs a fresh connection. This uses XMLHttpRequest, since fetch does not report the progress of an upload.
 * @throws {Problem} The service rejected the request, or there was no response.
 * @throws {DOMException} AbortError: the signal cancelled the request.
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
      const isOk = xhr.status >= 200 && xhr.status < 300;
      if (!isOk) return reject(refusal(xhr.status, xhr.responseText, xhr.getResponseHeader('Retry-After')));
      try {
        resolve({ game: JSON.parse(xhr.responseText), etag: xhr.getResponseHeader('ETag') ?? '*' });
      } catch {
        reject(new Problem(0, { detail: 'The response did not come from GameImages. Your network may want you to sign in first.' }));
      }
    };

    let timer: ReturnType<typeof setTimeout>;
    xhr.upload.onload = () => {
      timer = setTimeout(() => {
        reject(new Problem(0, { detail: 'GameImages did not respond within a minute.' }));
        xhr.abort();
      }, responseMilliseconds);
    };

    signal.addEventListener('abort', () => xhr.abort());
    if (body instanceof FormData) return xhr.send(body);
    xhr.setRequestHeader('Content-Type', 'application/json');
    xhr.send(JSON.stringify(body));
  });
}
