import { Problem } from '../../api/problem';
import { cancelled } from '../../api/send';
import type { PictureUpload } from '../../images/PictureUpload';
import { idFields, pictureNames } from '../pictures';
import { changedId, type ImageIds, type PictureChanges } from './pictureChanges';
import type { Saving } from './useSaving';

/**
 * Sends a request when the pictures are uploaded. If an upload has expired, the pictures are uploaded again, and the request is repeated
 * once.
 * @throws The errors of the uploads and the request.
 */
export async function withPictures<T>(
  pictures: PictureChanges,
  show: (saving: Saving) => void,
  signal: AbortSignal,
  request: (images: ImageIds) => Promise<T>,
): Promise<T> {
  await finishUploads(pictures, show, signal);
  try {
    return await request(imagesOf(pictures));
  } catch (error) {
    if (!namesUpload(error, pictures)) throw error;
    for (const upload of uploadsOf(pictures)) upload.start();
    await finishUploads(pictures, show, signal);
    return request(imagesOf(pictures));
  }
}

export const uploadsOf = (pictures: PictureChanges): PictureUpload[] =>
  Object.values(pictures).flatMap((change) => (change.kind === 'upload' ? [change.upload] : []));

/** Whether the service does not know an upload. */
const namesUpload = (error: unknown, pictures: PictureChanges) =>
  error instanceof Problem &&
  error.status === 422 &&
  pictureNames.some((name) => pictures[name].kind === 'upload' && idFields[name] in error.errors);

function imagesOf(pictures: PictureChanges): ImageIds {
  const changed = pictureNames.map((name) => [idFields[name], changedId(pictures[name])]);
  return Object.fromEntries(changed.filter(([, id]) => id !== undefined));
}

/** Waits for the uploads, and shows the progress of all of them. They continue when the signal ends the wait. */
async function finishUploads(pictures: PictureChanges, show: (saving: Saving) => void, signal: AbortSignal) {
  const uploads = uploadsOf(pictures);
  const finished = Promise.all(uploads.map((upload) => upload.finish()));
  if (uploads.every(({ state }) => state.kind === 'done')) return;

  const bytes = uploads.reduce((sum, { file }) => sum + file.size, 0);
  const report = () => {
    const sent = uploads.reduce((sum, { file, state }) => sum + file.size * (state.kind === 'sending' ? state.sent : 1), 0);
    show({ kind: 'uploading', sent: sent / bytes });
  };
  report();
  const unsubscribe = uploads.map((upload) => upload.subscribe(report));
  let stop = () => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(cancelled());
  });
  signal.addEventListener('abort', stop);
  try {
    await Promise.race([finished, stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
    unsubscribe.forEach((end) => end());
  }
}
