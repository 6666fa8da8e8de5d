import { byteSize } from '../images/size';

/** The members of a problem that a quota caused. */
export interface QuotaBody {
  quota: string;
  limit: number;
  use: number;
}

/** Says what is used up, and what a member can do. */
export function describeQuota({ quota, limit = 0, use = 0 }: Partial<QuotaBody>): string | undefined {
  const of = (unit: (value: number) => string) => `${unit(use)} of ${unit(limit)}`;
  switch (quota) {
    case 'guild_bytes':
      return `The guild's pictures take ${of(byteSize)}, so there is no room for another one. Choose one of your guild's pictures.`;
    case 'guild_images':
      return `The guild has ${of(count)} pictures, so it cannot have another one. Choose one of your guild's pictures.`;
    case 'guild_games':
      return `The guild has ${of(count)} games. Delete an old game first.`;
    case 'unused_uploads':
      return `You have ${of(count)} uploads that no game shows. Choose one of your guild's pictures, or try again tomorrow.`;
    default:
      return undefined;
  }
}

export const count = (value: number) => value.toLocaleString('en');
