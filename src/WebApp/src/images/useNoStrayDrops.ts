import { useEffect } from 'react';

const ignore = (event: DragEvent) => {
  if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
};

/** A file that is dropped beside a field does nothing: the browser would show it in place of the page, and of what is written there. */
export function useNoStrayDrops() {
  useEffect(() => {
    addEventListener('dragover', ignore);
    addEventListener('drop', ignore);
    return () => {
      removeEventListener('dragover', ignore);
      removeEventListener('drop', ignore);
    };
  }, []);
}
