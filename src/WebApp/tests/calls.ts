import type { Game } from '../src/api/games';

export interface Call {
  method: string;
  url: URL;
  headers: Headers;
  /** The fields of a JSON object, or a picture. */
  body?: Record<string, unknown> | Blob;
}

export const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** The fields of a game that the request sets. A new image does not keep the text of the old one. */
export function changesOf({ body }: Call, { thumbnail_id, banner_image_id }: Partial<Game> = {}): Partial<Game> {
  const changes = body as Partial<Game>;
  const isNew = (before: string | null | undefined, after: string | null | undefined) => after !== undefined && after !== before;
  return {
    ...(isNew(thumbnail_id, changes.thumbnail_id) && { thumbnail_alt: null }),
    ...(isNew(banner_image_id, changes.banner_image_id) && { banner_alt: null }),
    ...changes,
  };
}
