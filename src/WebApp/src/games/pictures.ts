import type { Game } from '../api/games';
import { imageUrl, plainSource, type Source } from '../api/images';

export type PictureName = 'thumbnail' | 'banner';

export const pictureNames: PictureName[] = ['banner', 'thumbnail'];

/** The fields of the service that name the images. */
export const idFields = { thumbnail: 'thumbnail_id', banner: 'banner_image_id' } as const;

/** The fields of the service that describe the images for people who do not see them. */
export const altFields = { thumbnail: 'thumbnail_alt', banner: 'banner_alt' } as const;

export const pictureLabels = { thumbnail: 'Thumbnail', banner: 'Banner' };

export const pictureId = (game: Game, name: PictureName) => game[idFields[name]];

/**
 * The image that a game shows, or null. The service says nothing but the id of an image that is in quarantine, and the draft of an earlier
 * version of this app has only the id.
 */
export function sourceOf(game: Game, name: PictureName): Source | null {
  const id = pictureId(game, name);
  return game[name] ?? (id ? plainSource(imageUrl(id)) : null);
}

/** The text for people who do not see the picture. */
export const altOf = (game: Game, name: PictureName) => game[altFields[name]] || `${pictureLabels[name]} of ${game.title}`;
