declare global {
  interface Window {
    /** What start.js has asked for before the app was there. */
    early?: Map<string, Promise<Response>>;
  }
}

/**
 * The first read of an address gets the answer that was asked for early, if there is one; each later one asks anew. Once something else is read, what is left
 * was asked for in vain, as with filters that mean nothing, and would be old by the time that it is wanted.
 */
export function read(path: string, init?: RequestInit): Promise<Response> {
  const answer = window.early?.get(path);
  if (!answer) window.early?.clear();
  window.early?.delete(path);
  return answer ?? fetch(path, init);
}
