import { toLocalInput } from './time';

const day = 24 * 60 * 60_000;

/**
 * Says which instant a local time means when daylight saving skips that time, or repeats it.
 * @param local The value of a datetime-local field.
 * @param time The instant that the field stands for, in RFC 3339.
 * @returns null for a time that exists once.
 */
export function clockChange(local: string, time: string): string | null {
  const instant = Date.parse(time);
  // Many time zones had odd offsets before, and the service accepts no earlier start.
  if (instant < 0) return null;

  const utc = `${time.slice(11, 16)} UTC`;
  const shown = toLocalInput(time);
  if (shown !== local.slice(0, shown.length))
    return `The clocks go forward and skip ${clock(local)} on this day. The game starts at ${clock(shown)} (${utc}).`;

  const other = twin(instant, shown);
  if (other === null) return null;
  const place = instant < other ? 'first' : 'second';
  return `The clocks go back on this day, so ${clock(shown)} occurs twice. The game starts at the ${place} one (${utc}).`;
}

const clock = (local: string) => local.slice(11, 16);

/** The other instant with the same local time, or null. */
function twin(instant: number, local: string): number | null {
  const minutes = new Date(instant + day).getTimezoneOffset() - new Date(instant - day).getTimezoneOffset();
  if (minutes <= 0) return null;
  const others = [instant + minutes * 60_000, instant - minutes * 60_000];
  return others.find((other) => toLocalInput(new Date(other).toISOString()) === local) ?? null;
}
