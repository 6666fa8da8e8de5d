import type { Game } from './games';
import { request } from './request';
import type { components } from './schema';
import { send } from './send';

type Schemas = components['schemas'];
export type LibraryImage = Schemas['LibraryImage'];
export type ImagePage = Schemas['ImagePage'];
export type QuotaUse = Schemas['QuotaUse'];
export type GuildUsage = Schemas['GuildUsage'];
export type ShownImage = NonNullable<Game['thumbnail']>;

/** Where an image and its smaller copies are, and what is known of it before it is loaded. */
export type Source = Pick<ShownImage, 'url' | 'width' | 'height' | 'placeholder' | 'variants'>;

/** The public URL of the image. */
export const imageUrl = (id: string) => `/api/v1/public/images/${id}`;

/** An image that is not described: only its URL is known. */
export const plainSource = (url: string): Source => ({ url, width: null, height: null, placeholder: null, variants: [] });

// A page shows fewer pictures than the 60 that a client may fetch in a minute.
const pageSize = '20';

/**
 * @param guildId The guild whose quota counts the picture; an empty text for none.
 * @throws {Problem} The service rejected the picture, or there was no response.
 * @throws {DOMException} AbortError: the signal cancelled the upload.
 */
export async function uploadImage(file: File, guildId: string, onProgress: (sent: number) => void, signal: AbortSignal) {
  const path = guildId ? `/api/v1/images?guild_id=${guildId}` : '/api/v1/images';
  return (await send<Schemas['ImageUpload']>({ method: 'POST', path, body: file, onProgress, signal })).value;
}

/** @param guildId The guild whose pictures are listed beside the member's uploads; an empty text for none. */
export async function listImages(guildId: string, cursor: string | null, signal: AbortSignal): Promise<ImagePage> {
  const query = new URLSearchParams({ limit: pageSize });
  if (guildId) query.set('guild_id', guildId);
  if (cursor) query.set('cursor', cursor);
  return (await request(`/api/v1/images?${query}`, { signal })).json();
}

export const getUsage = async (guildId: string, signal: AbortSignal): Promise<GuildUsage> =>
  (await request(`/api/v1/guilds/${guildId}/usage`, { signal })).json();
