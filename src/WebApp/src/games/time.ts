/** In days. Each is used from two of them on, where half of one more or less tells little. */
const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365.25],
  ['month', 365.25 / 12],
  ['week', 7],
];

// The reader's habits, as long as they are those of the language that the pages are written in.
const locale = navigator.languages.find((language) => language.startsWith('en')) ?? 'en';

const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
const full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' });
const short = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: 'numeric', minute: '2-digit' });

export const timeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** "in 3 days", "2 hours ago"; "tomorrow" is the next day of the calendar in the reader's zone. */
export function until(time: string, now: number): string {
  const minutes = Math.trunc((Date.parse(time) - now) / 60_000);
  if (minutes === 0) return relative.format(0, 'second');
  if (Math.abs(minutes) < 2 * 60) return relative.format(minutes, 'minute');
  if (Math.abs(minutes) < 24 * 60) return relative.format(Math.round(minutes / 60), 'hour');

  const days = dayNumber(new Date(time)) - dayNumber(new Date(now));
  const [unit, length] = steps.find(([, step]) => Math.abs(days) >= 2 * step) ?? ['day', 1];
  return relative.format(Math.round(days / length), unit);
}

/** Days of the reader's calendar have 23 to 25 hours; these are counted without them. */
const dayNumber = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000;

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
