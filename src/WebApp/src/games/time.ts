/** The length of each unit in days. A unit is used from two of it on, where rounding hardly matters. */
const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365.25],
  ['month', 365.25 / 12],
  ['week', 7],
];

// The reader's own variety of English, since the pages are in English.
const locale = navigator.languages.find((language) => language.startsWith('en')) ?? 'en';

const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
const full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' });
const short = new Intl.DateTimeFormat(locale, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
});

export const timeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** "in 3 days", "2 hours ago". "tomorrow" is the next calendar day in the reader's time zone. */
export function until(time: string, now: number): string {
  const minutes = Math.trunc((Date.parse(time) - now) / 60_000);
  if (minutes === 0) return relative.format(0, 'second');
  if (Math.abs(minutes) < 2 * 60) return relative.format(minutes, 'minute');
  if (Math.abs(minutes) < 24 * 60) return relative.format(Math.round(minutes / 60), 'hour');

  const days = dayNumber(new Date(time)) - dayNumber(new Date(now));
  const [unit, length] = units.find(([, size]) => Math.abs(days) >= 2 * size) ?? ['day', 1];
  return relative.format(Math.round(days / length), unit);
}

/** Numbers the reader's calendar days, whose lengths vary from 23 to 25 hours. */
const dayNumber = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000;

export const isPast = (time: string) => Date.parse(time) < Date.now();

export const fullTime = (time: string) => full.format(new Date(time));
export const shortTime = (time: string) => short.format(new Date(time));

/** "2h 30m". */
export function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [hours > 0 && `${hours}h`, (rest > 0 || hours === 0) && `${rest}m`].filter(Boolean).join(' ');
}

/** The value of a datetime-local field, in the reader's time zone. */
export function toLocalInput(time: string): string {
  const date = new Date(time);
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** The time in RFC 3339 and UTC, in the form that the service writes. Empty for a value that is not a time. */
export function fromLocalInput(value: string): string {
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().replace('.000Z', 'Z');
}
