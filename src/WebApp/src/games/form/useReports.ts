import { useEffect, useRef } from 'react';
import { useNotices } from '../../layout/Notices';
import type { Saving } from './useSaving';

export type Reports = ReturnType<typeof useReports>;

/** Reports why a game is not saved: beside the Save button, or in a notice when the form was left, since an upload continues then. */
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
    if (isLeft.current) notify({ text: `${title} is not saved: ${reason} What you wrote is still in the form.` });
    else show({ kind: 'failed', reason });
  };

  /**
   * Reports that the app looked for a sent game and did not find it. A proxy may still pass its request on later.
   * @param reason Why there was no answer, when that was not reported before.
   */
  const reportMissing = (title: string, reason?: string) => {
    const text = (game: string) => [reason, `${game} is not in the list, so it was probably not saved.`].filter(Boolean).join(' ');
    if (isLeft.current) notify({ text: `${text(title)} What you wrote is still in the form.` });
    else show({ kind: 'failed', reason: text('Your game') });
  };

  /** Reports that the app could not check whether the service stored the game. */
  const reportUnsure = (reason: string, title: string) => {
    if (isLeft.current) notify({ text: `${reason} It is not known yet whether ${title} was saved. What you wrote is still in the form.` });
    else {
      const twice = 'If you send it again, it may be there twice.';
      show({ kind: 'unsure', reason: `${reason} It is not known yet whether your game was saved. ${twice}` });
    }
  };

  return { isLeft, reportFailure, reportMissing, reportUnsure };
}
