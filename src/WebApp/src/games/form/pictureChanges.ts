import type { Game } from '../../api/games';
import { type LibraryImage, plainSource, type Source } from '../../api/images';
import type { PictureUpload } from '../../images/PictureUpload';
import { type idFields, type PictureName, sourceOf } from '../pictures';

/** Keep the picture, remove it, or show another one: a new one, or one that is stored. */
export type PictureChange =
  | { kind: 'keep' }
  | { kind: 'remove' }
  | { kind: 'upload'; upload: PictureUpload }
  | { kind: 'stored'; image: LibraryImage };
export type PictureChanges = Record<PictureName, PictureChange>;

export const noPictureChanges: PictureChanges = { thumbnail: { kind: 'keep' }, banner: { kind: 'keep' } };

/** The images that a request sets. null removes an image. */
export type ImageIds = Partial<Record<(typeof idFields)[PictureName], string | null>>;

/** The image that the game shows after the change. undefined means that it keeps its image, or that the image is not uploaded yet. */
export function changedId(change: PictureChange): string | null | undefined {
  if (change.kind === 'remove') return null;
  if (change.kind === 'stored') return change.image.id;
  return change.kind === 'upload' && change.upload.state.kind === 'done' ? change.upload.state.id : undefined;
}

/** The picture that is shown after the change, or null for none. @param game The game whose picture may be kept. */
export function shownSource(change: PictureChange, game: Game | null, name: PictureName): Source | null {
  switch (change.kind) {
    case 'keep':
      return game && sourceOf(game, name);
    case 'remove':
      return null;
    case 'upload':
      return plainSource(change.upload.url);
    case 'stored':
      return change.image;
  }
}
