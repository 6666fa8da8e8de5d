import { useState, useSyncExternalStore } from 'react';

const systemIsDark = () => matchMedia('(prefers-color-scheme: dark)');

function subscribe(changed: () => void) {
  const system = systemIsDark();
  system.addEventListener('change', changed);
  return () => system.removeEventListener('change', changed);
}

function chosenTheme() {
  const { classList } = document.documentElement;
  return (['dark', 'light'] as const).find((theme) => classList.contains(theme)) ?? null;
}

/** The theme follows the system until the member chooses one. start.js applies the choice on the next visit. */
export function ThemeToggle() {
  const systemDark = useSyncExternalStore(subscribe, () => systemIsDark().matches);
  const [chosen, setChosen] = useState(chosenTheme);
  const isDark = chosen ? chosen === 'dark' : systemDark;

  const toggle = () => {
    const theme = isDark ? 'light' : 'dark';
    document.documentElement.classList.remove('light', 'dark');
    document.documentElement.classList.add(theme);
    setChosen(theme);
    try {
      localStorage.setItem('theme', theme);
    } catch {
      // The member switched storage off, so the choice lasts until the page is closed.
    }
  };

  return (
    <button type="button" className="button quiet" aria-pressed={isDark} aria-label="Dark theme" onClick={toggle}>
      <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
        <circle cx="10" cy="10" r="7" fill="none" stroke="currentColor" strokeWidth="2" />
        <path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor" />
      </svg>
    </button>
  );
}
