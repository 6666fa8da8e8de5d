import { useEffect, useRef } from 'react';
import { useNotices } from '../../layout/Notices';
import type { Saving } from './useSaving';

export type Reports = ReturnType<typeof useReports>;

/** Reports why a game was not saved: beside the Save button, or in a notice when the member left the form during the upload. */
export function useReports(show: (saving: Saving) => void) {
  const { notify } = useNotices();
  const isLeft = useRef(false);

  useEffect(() => {
    isLeft.current = false;
    return () => {
      isLeft.current = true;
    };
  }, []);

  const reportFailure = (reason: string, title: string) => {
    if (isLeft.current) notify({ text: `“${title}” was not saved. ${reason} Your text is still in the form.` });
    else show({ kind: 'failed', reason });
  };

  /**
   * Reports that the app searched for a sent game and did not find it. A proxy may still forward the request later.
   * @param reason Why there was no response, if that was not reported before.
   */
  const reportMissing = (title: string, reason?: string) => {
    const text = (game: string) => [reason, `${game} is not in the list, so it was probably not saved.`].filter(Boolean).join(' ');
    if (isLeft.current) notify({ text: `${text(`“${title}”`)} Your text is still in the form.` });
    else show({ kind: 'failed', reason: text('Your game') });
  };

  /** Reports that the app could not check whether the service stored the game. */
  const reportUnsure = (reason: string, title: string) => {
    const text = (game: string) => `${reason} ${game} may or may not have been saved.`;
    if (isLeft.current) notify({ text: `${text(`“${title}”`)} Your text is still in the form.` });
    else show({ kind: 'unsure', reason: `${text('Your game')} If you send it again, it may exist twice.` });
  };

  return { isLeft, reportFailure, reportMissing, reportUnsure };
}
