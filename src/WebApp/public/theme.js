// Runs before the first paint, so that a chosen theme never flashes.
try {
  var theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.classList.add(theme);
} catch {
  // Storage is switched off: the system's theme stays.
}
