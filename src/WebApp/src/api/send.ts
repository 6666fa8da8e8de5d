import { Problem } from './problem';
import { csrfHeader, refusal } from './request';

export interface Transfer {
  method: 'POST' | 'PATCH';
  path: string;
  headers?: Record<string, string>;
  body: Blob | string;
  /** Called with the share that has been sent, from 0 to 1. */
  onProgress?: (sent: number) => void;
  signal: AbortSignal;
}

// How long to wait for the response after the request was sent completely.
const responseMilliseconds = 60_000;

/**
 * Sends a request whose response is JSON. This uses XMLHttpRequest, since fetch does not report the progress of an upload.
 * @throws {Problem} The service rejected the request, or there was no response.
 * @throws {DOMException} AbortError: the signal cancelled the request.
 */
export function send<T>({ method, path, headers, body, onProgress, signal }: Transfer): Promise<{ value: T; etag: string | null }> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(cancelled());
    const xhr = new XMLHttpRequest();
    xhr.open(method, path);
    for (const [name, value] of Object.entries({ ...headers, ...csrfHeader() })) xhr.setRequestHeader(name, value);

    xhr.upload.onprogress = ({ loaded, total }) => onProgress?.(loaded / total);
    xhr.onerror = () => reject(Problem.unreachable());
    xhr.onabort = () => reject(cancelled());
    xhr.onload = () => {
      const isOk = xhr.status >= 200 && xhr.status < 300;
      if (!isOk) return reject(refusal(xhr.status, xhr.responseText, xhr.getResponseHeader('Retry-After')));
      try {
        resolve({ value: JSON.parse(xhr.responseText), etag: xhr.getResponseHeader('ETag') });
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

    const abort = () => xhr.abort();
    signal.addEventListener('abort', abort);
    xhr.onloadend = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    };
    xhr.send(body);
  });
}

export const cancelled = () => new DOMException('Cancelled.', 'AbortError');
