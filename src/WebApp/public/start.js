// Runs before the first paint, while the browser loads the app.

// The chosen theme is applied before the page is painted in the other one.
try {
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.classList.add(theme);
} catch {
  // The member switched storage off, so the system's theme applies.
}

// The requests that the first page needs. earlyResponses.ts takes their responses, if the paths are exactly those that the app requests.
window.earlyResponses = new Map();

const read = (path) => {
  const response = fetch(path);
  window.earlyResponses.set(path, response);
  return response;
};

const readFirst = async () => {
  const { ok } = await read('/api/v1/session');
  if (!ok || !['/', '/games'].includes(location.pathname)) return;

  const address = new URLSearchParams(location.search);
  const query = new URLSearchParams({ limit: '24' });
  for (const name of ['guild_id', 'status', 'text']) if (address.get(name)) query.set(name, address.get(name));
  await read(`/api/v1/games?${query}`);
};

// The sign-in pages need neither. The app reports a failure when it takes the response.
if (!location.pathname.startsWith('/sign')) readFirst().catch(() => {});
