import type { Game } from '../src/api/games';

export interface Call {
  method: string;
  url: URL;
  headers: Headers;
  /** The fields of a JSON object, or a picture. */
  body?: Record<string, unknown> | Blob;
}

export const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** The fields of a game that the request sets. */
export const changesOf = ({ body }: Call) => body as Partial<Game>;
