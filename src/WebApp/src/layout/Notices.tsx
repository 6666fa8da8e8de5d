import {
  createContext,
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useContext,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import styles from './Notices.module.css';

export interface Notice {
  text: string;
  action?: { label: string; run: () => void };
}

interface Shown extends Notice {
  id: number;
}

interface NoticesValue {
  /** Shows a notice until the member dismisses it, or the returned function removes it. */
  notify: (notice: Notice) => () => void;
  clear: () => void;
}

const NoticesContext = createContext<NoticesValue>({ notify: () => () => {}, clear: () => {} });

export const useNotices = () => useContext(NoticesContext);

let lastId = 0;

export function Notices({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Shown[]>([]);
  const dismiss = useCallback((id: number) => setShown((all) => all.filter((notice) => notice.id !== id)), []);

  const notify = useCallback(
    (notice: Notice) => {
      const id = ++lastId;
      setShown((all) => [...all, { ...notice, id }]);
      return () => dismiss(id);
    },
    [dismiss],
  );

  const value = useMemo(() => ({ notify, clear: () => setShown([]) }), [notify]);

  return (
    <NoticesContext value={value}>
      {children}
      <section className={styles.notices} aria-label="Notices" role="log">
        {shown.map(({ id, ...notice }) => (
          <NoticeBox key={id} {...notice} onDismiss={() => dismiss(id)} />
        ))}
      </section>
    </NoticesContext>
  );
}

const ignoreRepeat = (event: KeyboardEvent) => event.repeat && event.preventDefault();

/**
 * A notice with an action takes the focus, since the action is offered for a short time only. It returns the focus to the page when it
 * disappears. A key that is still held down does not press its button.
 */
function NoticeBox({ text, action, onDismiss }: Notice & { onDismiss: () => void }) {
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  useLayoutEffect(() => {
    const shown = box.current;
    button.current?.focus();
    return () => {
      if (shown?.contains(document.activeElement)) document.getElementById('main')?.focus({ preventScroll: true });
    };
  }, []);

  return (
    <div ref={box} className={styles.notice}>
      <p>{text}</p>
      {action && (
        <button ref={button} type="button" className="button" onKeyDown={ignoreRepeat} onClick={action.run}>
          {action.label}
        </button>
      )}
      <button type="button" className="button quiet" aria-label="Dismiss" onClick={onDismiss}>
        ×
      </button>
    </div>
  );
}
