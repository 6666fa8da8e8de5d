import { useEffect } from 'react';

const ignore = (event: DragEvent) => {
  if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
};

/** Ignores files that are dropped beside a field. Otherwise, the browser would open them in place of the form. */
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
