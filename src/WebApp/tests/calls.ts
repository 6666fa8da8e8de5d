import type { Game } from '../src/api/games';

export interface Call {
  method: string;
  url: URL;
  headers: Headers;
  /** A form, or the fields of a JSON object. */
  body?: FormData | Record<string, unknown>;
}

export const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** The fields of a game that the request sets. */
export function changesOf({ body }: Call): Partial<Game> {
  const entries = body instanceof FormData ? [...body.entries()] : Object.entries(body ?? {});
  return Object.fromEntries(
    entries.map(([name, value]): [string, unknown] => {
      if (name === 'thumbnail' || name === 'remove_thumbnail') return ['thumbnail_id', name === 'thumbnail' ? id(9001) : null];
      if (name === 'banner' || name === 'remove_banner') return ['banner_image_id', name === 'banner' ? id(9002) : null];
      if (value === '' || value === null) return [name, null];
      return [name, name === 'max_players' || name === 'expected_duration_minutes' ? Number(value) : value];
    }),
  );
}
