declare global {
  interface Window {
    /** The responses that start.js requested before the app was loaded, by their paths. */
    earlyResponses?: Map<string, Promise<Response>>;
  }
}

/**
 * Returns the early response for the path, if there is one, and otherwise sends a request. Each early response is used once. A request for
 * any other path discards the early responses that are left: they are not needed, and would be out of date later.
 */
export function read(path: string, init?: RequestInit): Promise<Response> {
  const response = window.earlyResponses?.get(path);
  if (!response) window.earlyResponses?.clear();
  window.earlyResponses?.delete(path);
  return response ?? fetch(path, init);
}
