// Runs before the first paint and while the app itself is on its way.

// A chosen theme never flashes.
try {
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.classList.add(theme);
} catch {
  // Storage is switched off: the system's theme stays.
}

// What the first page will read: early.ts takes it. Another address than the app's would only be asked for in vain, which a test finds out.
window.early = new Map();

const read = (path) => {
  const answer = fetch(path);
  window.early.set(path, answer);
  return answer;
};

const readFirst = async () => {
  const { ok } = await read('/api/v1/session');
  if (!ok || !['/', '/games'].includes(location.pathname)) return;

  const asked = new URLSearchParams(location.search);
  const query = new URLSearchParams({ limit: '24' });
  for (const name of ['guild_id', 'status', 'text']) if (asked.get(name)) query.set(name, asked.get(name));
  await read(`/api/v1/games?${query}`);
};

// The pages about signing in need none of it. A failure is the app's to tell.
if (!location.pathname.startsWith('/sign')) readFirst().catch(() => {});
