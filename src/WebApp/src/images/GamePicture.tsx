import type { Game } from '../api/games';
import { altOf, type PictureName, sourceOf } from '../games/pictures';
import { boxes } from './boxes';
import styles from './GamePicture.module.css';
import { NoPicture } from './NoPicture';
import { Picture, type Priority } from './Picture';

export interface GamePictureProps {
  game: Game;
  name: PictureName;
  shape: 'card' | 'banner' | 'thumbnail';
  priority: Priority;
}

/** A picture of a game, in a frame of fixed proportions, so that the page does not move when it arrives. */
export function GamePicture({ game, name, shape, priority }: GamePictureProps) {
  const source = sourceOf(game, name);
  return (
    <div className={styles.frame} data-shape={shape}>
      {source ? <Picture source={source} alt={altOf(game, name)} box={boxes[shape]} priority={priority} /> : <NoPicture label={null} />}
    </div>
  );
}
