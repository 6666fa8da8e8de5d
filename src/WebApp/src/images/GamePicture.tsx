import { imageUrl } from '../api/games';
import styles from './GamePicture.module.css';
import { Picture, Placeholder } from './Picture';

/** In CSS pixels; the picture is cut to fit, so that nothing jumps when it comes. */
const sizes = { card: { width: 320, height: 240 }, banner: { width: 1200, height: 480 }, square: { width: 160, height: 160 } };

export interface GamePictureProps {
  /** The image, or null for a game that shows none. */
  id: string | null;
  alt: string;
  shape: keyof typeof sizes;
  /** At the top of the page, where waiting for it to scroll in only costs time. */
  eager?: boolean;
}

/** A picture of a game in its frame. */
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
