import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { useAnnounce } from '../layout/Announcer';
import type { PictureUpload, UploadState } from './PictureUpload';

const never = () => () => {};

/**
 * Follows an upload, and announces its progress to screen readers.
 * @param name The name of the picture, such as "Banner".
 * @returns null without an upload.
 */
export function useUpload(upload: PictureUpload | null, name: string): UploadState | null {
  const announce = useAnnounce();
  const state = useSyncExternalStore(upload?.subscribe ?? never, () => upload?.state ?? null);
  const text = state && describe(state, name);
  const isDone = state?.kind === 'done';
  const client = useQueryClient();

  useEffect(() => {
    if (isDone) void client.invalidateQueries({ queryKey: ['usage'] });
  }, [client, isDone]);

  useEffect(() => {
    if (text) announce(text);
  }, [announce, text]);

  return state;
}

/** A failure is an alert of its own. */
function describe(state: UploadState, name: string): string | null {
  if (state.kind === 'done') return `${name} uploaded`;
  return state.kind === 'sending' ? `${name}: ${Math.floor(state.sent * 4) * 25}% uploaded` : null;
}
