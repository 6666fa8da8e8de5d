import { isMultiplexed } from './freshConnection';
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

interface Sending extends Pick<Save, 'onProgress' | 'signal'> {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: FormData | string;
}

interface Answer {
  status: number;
  text: string;
  header: (name: string) => string | null;
}

const answerMilliseconds = 60_000;
// The service takes two minutes at most for a whole upload.
const uploadMilliseconds = 120_000;

/**
 * Creates or changes a game. A change names its version, so the service makes it once, however often the browser sends it. A new game is to be sent on a
 * fresh connection, or goes as a stream where it can, so that the browser does not send it again by itself.
 * @throws {Problem} The service refused, or did not answer.
 * @throws {DOMException} AbortError, when the signal cancelled it.
 */
export async function saveGame({ body, base, onProgress, signal }: Save): Promise<TaggedGame> {
  const isForm = body instanceof FormData;
  const { status, text, header } = await (!base && isMultiplexed() && streamsRequests() ? sendAsStream : sendByXhr)({
    method: base ? 'PATCH' : 'POST',
    path: base ? `/api/v1/games/${base.id}` : '/api/v1/games',
    headers: { ...csrfHeader(), ...(base && { 'If-Match': base.etag }), ...(!isForm && { 'Content-Type': 'application/json' }) },
    body: isForm ? body : JSON.stringify(body),
    onProgress,
    signal,
  });

  if (status < 200 || status >= 300) throw refusal(status, text, header('Retry-After'));
  try {
    return { game: JSON.parse(text), etag: header('ETag') ?? '*' };
  } catch {
    throw new Problem(0, { detail: 'Something else answered than the service, such as the sign-in page of a network.' });
  }
}

const silent = () => new Problem(0, { detail: 'The service does not answer.' });

/** XMLHttpRequest, because fetch does not tell how much is sent. */
function sendByXhr({ method, path, headers, body, onProgress, signal }: Sending): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open(method, path);
    for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);

    xhr.upload.onprogress = ({ loaded, total }) => onProgress(loaded / total);
    xhr.onerror = () => reject(Problem.unreachable());
    xhr.onabort = () => reject(new DOMException('Cancelled.', 'AbortError'));
    xhr.onloadend = () => clearTimeout(timer);
    xhr.onload = () => resolve({ status: xhr.status, text: xhr.responseText, header: (name) => xhr.getResponseHeader(name) });

    let timer: ReturnType<typeof setTimeout>;
    xhr.upload.onload = () => {
      timer = setTimeout(() => {
        reject(silent());
        xhr.abort();
      }, answerMilliseconds);
    };

    signal.addEventListener('abort', () => xhr.abort());
    xhr.send(body);
  });
}

/** Sends the body as a stream, which is gone once it is read: there is nothing that the browser could send again. */
async function sendAsStream({ method, path, headers, body, onProgress, signal }: Sending): Promise<Answer> {
  const whole = await new Response(body).blob();
  const late = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sent = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, to) {
      sent += piece.length;
      onProgress(sent / whole.size);
      to.enqueue(piece);
    },
    flush() {
      // What was read is not sent yet: the browser holds some hundred kilobytes.
      timer = setTimeout(() => late.abort(), uploadMilliseconds + answerMilliseconds);
    },
  });

  const init = { method, headers: { 'Content-Type': whole.type, ...headers }, body: whole.stream().pipeThrough(counter), duplex: 'half' };
  try {
    const response = await fetch(path, { ...init, signal: AbortSignal.any([signal, late.signal]) });
    return { status: response.status, text: await response.text(), header: (name) => response.headers.get(name) };
  } catch (error) {
    if (signal.aborted) throw error;
    throw late.signal.aborted ? silent() : Problem.unreachable();
  } finally {
    clearTimeout(timer);
  }
}

/** Browsers that do not know streams as bodies make a text of them, and never ask for duplex. */
function streamsRequests(): boolean {
  let asks = false;
  const init = {
    method: 'POST',
    body: new ReadableStream(),
    get duplex() {
      asks = true;
      return 'half';
    },
  };
  return !new Request('/', init).headers.has('Content-Type') && asks;
}
