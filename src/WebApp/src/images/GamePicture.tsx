import { imageUrl } from '../api/games';
import styles from './GamePicture.module.css';
import { Picture, Placeholder } from './Picture';

/** The sizes in CSS pixels. The picture is cropped to fit, so that the page does not move when it arrives. */
const sizes = { card: { width: 320, height: 240 }, banner: { width: 1200, height: 480 }, square: { width: 160, height: 160 } };

export interface GamePictureProps {
  /** The image, or null for a placeholder. */
  id: string | null;
  alt: string;
  shape: keyof typeof sizes;
  /** Loads the picture at once, since it is at the top of the page. */
  eager?: boolean;
}

/** A picture of a game, in a frame of fixed proportions. */
export function GamePicture({ id, alt, shape, eager = false }: GamePictureProps) {
  return (
    <div className={styles.frame} data-shape={shape}>
      {id ? (
        <Picture loading={eager ? 'eager' : 'lazy'} decoding="async" {...sizes[shape]} src={imageUrl(id)} alt={alt} />
      ) : (
        <Placeholder label={null} />
      )}
    </div>
  );
}
