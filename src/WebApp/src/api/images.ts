import { request } from './request';
import { send } from './send';

/** A picture that the member has uploaded. */
export interface Upload {
  id: string;
}

/** A picture that the member may show on a game. */
export interface LibraryImage {
  id: string;
  mime_type: string;
  width: number | null;
  height: number | null;
  byte_length: number;
  /** The number of games that show it. */
  games: number;
}

export interface ImagePage {
  items: LibraryImage[];
  next_cursor: string | null;
}

export interface QuotaUse {
  use: number;
  limit: number;
}

export interface GuildUsage {
  games: QuotaUse;
  images: QuotaUse;
  bytes: QuotaUse;
}

// A page shows fewer pictures than the 60 that a client may fetch in a minute.
const pageSize = '20';

/**
 * @param guildId The guild whose quota counts the picture; an empty text for none.
 * @throws {Problem} The service rejected the picture, or there was no response.
 * @throws {DOMException} AbortError: the signal cancelled the upload.
 */
export const uploadImage = async (file: File, guildId: string, onProgress: (sent: number) => void, signal: AbortSignal) =>
  (await send<Upload>({ method: 'POST', path: `/api/v1/images${inGuild(guildId)}`, body: file, onProgress, signal })).value;

/** @param guildId The guild whose pictures are listed beside the member's uploads; an empty text for none. */
export async function listImages(guildId: string, cursor: string | null, signal: AbortSignal): Promise<ImagePage> {
  const query = new URLSearchParams({ limit: pageSize });
  if (guildId) query.set('guild_id', guildId);
  if (cursor) query.set('cursor', cursor);
  return (await request(`/api/v1/images?${query}`, { signal })).json();
}

export const getUsage = async (guildId: string, signal: AbortSignal): Promise<GuildUsage> =>
  (await request(`/api/v1/guilds/${guildId}/usage`, { signal })).json();

const inGuild = (guildId: string) => (guildId ? `?guild_id=${guildId}` : '');
