import { type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react';

interface TemporaryButtonProps {
  isQuiet?: boolean;
  /** The element that gets the focus. It is on the page before the button, and stays longer. */
  successor: RefObject<HTMLElement | null>;
  onPress: () => unknown;
  children: ReactNode;
}

/** A button that disappears when it is pressed, or earlier, for instance when an upload ends. It passes the focus to its successor. */
export function TemporaryButton({ isQuiet = false, successor, onPress, children }: TemporaryButtonProps) {
  const ref = useRef<HTMLButtonElement>(null);

  // The cleanup of a layout effect runs before the button is removed. Later, the browser has moved the focus to the body.
  useLayoutEffect(() => {
    const button = ref.current;
    const next = successor.current;
    return () => {
      if (document.activeElement === button) next?.focus();
    };
  }, [successor]);

  const press = () => {
    void onPress();
    // Safari does not focus a button that is clicked.
    successor.current?.focus();
  };

  return (
    <button ref={ref} type="button" className={isQuiet ? 'button quiet' : 'button'} onClick={press}>
      {children}
    </button>
  );
}
