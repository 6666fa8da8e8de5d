const name = 'session';

/** Tells the other tabs that somebody has signed in. */
export function tellTabs() {
  const channel = new BroadcastChannel(name);
  channel.postMessage('signed in');
  channel.close();
}

/** @returns What stops the calls. */
export function onOtherTab(listener: () => void): () => void {
  const channel = new BroadcastChannel(name);
  channel.addEventListener('message', listener);
  return () => channel.close();
}
