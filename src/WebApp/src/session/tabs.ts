const name = 'session';

/** Notifies the other tabs of a sign-in. */
export function notifyTabs() {
  const channel = new BroadcastChannel(name);
  channel.postMessage('signed in');
  channel.close();
}

/** Calls the listener after a sign-in in another tab. @returns A function that removes the listener. */
export function onSignInElsewhere(listener: () => void): () => void {
  const channel = new BroadcastChannel(name);
  channel.addEventListener('message', listener);
  return () => channel.close();
}
