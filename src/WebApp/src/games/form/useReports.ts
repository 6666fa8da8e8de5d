import { useEffect, useRef } from 'react';
import { useNotices } from '../../layout/Notices';
import type { Saving } from './useSaving';

/** Reports why a game was not saved: beside the Save button, or in a notice when the member has left the form. */
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

  /** Reports that the service may have stored a new game. */
  const reportUnconfirmed = (reason: string, title: string) => {
    const once = 'Save it again, and it is stored once.';
    if (isLeft.current) notify({ text: `GameImages did not confirm “${title}”. ${reason} Your text is still in the form. ${once}` });
    else show({ kind: 'failed', reason: `${reason} GameImages did not confirm your game. ${once}` });
  };

  return { isLeft, reportFailure, reportUnconfirmed };
}
