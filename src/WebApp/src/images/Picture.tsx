import { useEffect, useState } from 'react';
import type { Source } from '../api/images';
import type { Box } from './boxes';
import { NoPicture } from './NoPicture';
import styles from './Picture.module.css';
import { placeholderUrl } from './placeholderUrl';
import { sourceAttributes } from './sourceAttributes';
import { useAppearance } from './useAppearance';

// A little more than the minute after which the rate limit of the service allows new requests.
const retryMilliseconds = 61_000;

/** "first" is in view when the page opens, and "lazy" is loaded when it comes near the view. */
export type Priority = 'first' | 'normal' | 'lazy';

interface PictureProps {
  source: Source;
  alt: string;
  box: Box;
  priority?: Priority;
  className?: string | undefined;
  onLoad?: () => void;
}

/**
 * A picture over its placeholder, in a frame. A picture that fails to load, perhaps because of the rate limit, is replaced with an icon,
 * and is loaded once more later.
 */
export const Picture = (props: PictureProps) => <RetriedPicture key={props.source.url} {...props} />;

function RetriedPicture(props: PictureProps) {
  const [failures, setFailures] = useState(0);
  const [waits, setWaits] = useState(false);

  useEffect(() => {
    if (failures !== 1 || !waits) return;
    const timer = setTimeout(() => setWaits(false), retryMilliseconds);
    return () => clearTimeout(timer);
  }, [failures, waits]);

  const fail = () => {
    setFailures(failures + 1);
    setWaits(true);
  };

  const { alt, className } = props;
  if (waits) return <NoPicture label={alt && `${alt}, not available now`} className={className} />;
  return <FramedPicture {...props} onError={fail} />;
}

const priorities = {
  first: { loading: 'eager', fetchPriority: 'high' },
  normal: { decoding: 'async' },
  lazy: { loading: 'lazy', decoding: 'async' },
} as const;

function FramedPicture({ source, alt, box, priority = 'normal', className, onLoad, onError }: PictureProps & { onError: () => void }) {
  // The attributes stay: variants that are made in the meantime would only make the browser load the picture a second time.
  const [attributes] = useState(() => sourceAttributes(source, box));
  const [placeholder] = useState(() => source.placeholder && placeholderUrl(source.placeholder));
  const { image, appearance, appear } = useAppearance(placeholder !== null);

  const load = () => {
    appear();
    onLoad?.();
  };

  return (
    <span className={`${styles.frame} ${className ?? ''}`} data-fit={box.fit} data-appearance={appearance}>
      {placeholder && <span className={styles.placeholder} style={{ backgroundImage: `url("${placeholder}")` }} />}
      <img
        ref={image}
        {...priorities[priority]}
        {...attributes}
        className={styles.picture}
        alt={alt}
        width={box.width}
        height={box.height}
        onLoad={load}
        onError={onError}
      />
    </span>
  );
}
