import { useEffect, useRef, useState } from 'react';
import { useLocation, useNavigationType } from 'react-router';

/**
 * The heading of a page. It takes the focus after a navigation, so that screen readers and keyboards continue there. A navigation that
 * shows a notice leaves the focus to the notice.
 */
export function PageTitle({ children }: { children: string }) {
  const ref = useRef<HTMLHeadingElement>(null);
  const { key, state } = useLocation();
  const isNew = useNavigationType() === 'PUSH';
  const [{ takesFocus, scrolls }] = useState({ takesFocus: key !== 'default' && !state?.keepsFocus, scrolls: isNew });

  useEffect(() => {
    document.title = `${children} – GameImages`;
  }, [children]);

  useEffect(() => {
    if (takesFocus) ref.current?.focus({ preventScroll: true });
    if (scrolls) window.scrollTo(0, 0);
  }, [takesFocus, scrolls]);

  return (
    <h1 ref={ref} dir="auto" tabIndex={-1}>
      {children}
    </h1>
  );
}
