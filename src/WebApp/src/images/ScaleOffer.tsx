import type { RefObject } from 'react';
import styles from './PictureField.module.css';
import type { PictureFacts } from './readPicture';
import { byteSize } from './size';
import { TemporaryButton } from './TemporaryButton';

interface ScaleOfferProps {
  reason: string;
  file: File;
  facts: PictureFacts;
  /** The element that gets the focus when the button disappears. */
  successor: RefObject<HTMLElement | null>;
  onScale: () => unknown;
}

const sizeOf = ({ width, height }: PictureFacts) => (width > 0 ? `${width} × ${height} pixels and ` : '');

/** Says why a picture is too large, and offers to scale it down. */
export const ScaleOffer = ({ reason, file, facts, successor, onScale }: ScaleOfferProps) => (
  <div role="alert" className={styles.offer}>
    <p>{`${reason} This one has ${sizeOf(facts)}${byteSize(file.size)}.`}</p>
    <TemporaryButton successor={successor} onPress={onScale}>
      Scale it down
    </TemporaryButton>
  </div>
);
