import { useEffect, useRef } from 'react';
import type { PictureUpload } from '../../images/PictureUpload';
import type { PictureChanges } from './pictureChanges';
import { uploadsOf } from './sendPictures';

/**
 * Cancels each upload that the form no longer shows, and releases the memory of its picture. When the member leaves the form, the uploads
 * continue if Save waits for them.
 * @param isSaving Whether a game is being saved. The function is the same for each rendering.
 * @returns Cancels all uploads. The caller calls it when a game was saved after the member left the form.
 */
export function useUploads(pictures: PictureChanges, isSaving: () => boolean): () => void {
  const shown = useRef<PictureUpload[]>([]);

  const showOnly = useRef((uploads: PictureUpload[]) => {
    for (const upload of shown.current) if (!uploads.includes(upload)) upload.cancel();
    shown.current = uploads;
  });

  useEffect(() => showOnly.current(uploadsOf(pictures)), [pictures]);

  useEffect(() => {
    const cancelOthers = showOnly.current;
    return () => {
      if (!isSaving()) cancelOthers([]);
    };
  }, [isSaving]);

  return () => showOnly.current([]);
}
