import { useLayoutEffect, useRef, useState } from 'react';

/** A picture is hidden until it is loaded. It then appears at once if the browser had it, and fades in otherwise. */
export type Appearance = 'hidden' | 'atOnce' | 'fading';

// A picture that arrives earlier comes from the cache of the browser.
const cacheMilliseconds = 100;

/** @param isHidden Whether the picture is hidden while it loads, since something else is shown in its place. */
export function useAppearance(isHidden: boolean) {
  const image = useRef<HTMLImageElement>(null);
  const [start] = useState(() => performance.now());
  const [appearance, setAppearance] = useState<Appearance>(isHidden ? 'hidden' : 'atOnce');

  // A picture that an earlier page of the app showed is in memory, and is shown in the first frame.
  useLayoutEffect(() => {
    if (image.current?.complete && image.current.naturalWidth > 0) setAppearance('atOnce');
  }, []);

  const appear = () => {
    if (appearance === 'hidden') setAppearance(performance.now() - start < cacheMilliseconds ? 'atOnce' : 'fading');
  };

  return { image, appearance, appear };
}
