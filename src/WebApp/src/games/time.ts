const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 24 * 60],
  ['month', 30 * 24 * 60],
  ['week', 7 * 24 * 60],
  ['day', 24 * 60],
  ['hour', 60],
  ['minute', 1],
];

// The reader's habits, as long as they are those of the language that the pages are written in.
const locale = navigator.languages.find((language) => language.startsWith('en')) ?? 'en';

const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
const full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' });
const short = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: 'numeric', minute: '2-digit' });

export const timeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** "in 3 days", "2 hours ago". */
export function until(time: string, now: number): string {
  const minutes = Math.round((Date.parse(time) - now) / 60_000);
  const [unit, length] = steps.find(([, step]) => Math.abs(minutes) >= step) ?? ['minute', 1];
  return relative.format(Math.trunc(minutes / length), unit);
}

export const isPast = (time: string) => Date.parse(time) < Date.now();

export const fullTime = (time: string) => full.format(new Date(time));
export const shortTime = (time: string) => short.format(new Date(time));

/** "2h 30m". */
export function duration(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours > 0 && `${hours}h`, (rest > 0 || hours === 0) && `${rest}m`].filter(Boolean).join(' ');
}

/** The value of a datetime-local field, in the reader's zone. */
export function toLocalInput(time: string): string {
  const date = new Date(time);
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** RFC 3339, UTC, written as the service does; empty for what is no time. */
export function fromLocalInput(value: string): string {
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().replace('.000Z', 'Z');
}
