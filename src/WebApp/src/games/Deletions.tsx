import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react';
import { deleteGame, type TaggedGame } from '../api/games';
import type { Problem } from '../api/problem';
import { useNotices } from '../layout/Notices';

const undoMilliseconds = 6000;

interface Pending {
  timer: number;
  send: () => Promise<void>;
  undo: () => void;
}

interface DeletionsValue {
  /** The ids of games that will be deleted, and are not shown any more. */
  hidden: ReadonlySet<string>;
  /** Deletes the game after a few seconds, or when the member leaves the page, unless the member undoes it. */
  remove: (game: TaggedGame) => void;
  undo: (id: string) => void;
  /** Sends all pending deletions now. */
  sendAll: () => Promise<void>;
}

const none: DeletionsValue = { hidden: new Set(), remove: () => {}, undo: () => {}, sendAll: async () => {} };
const DeletionsContext = createContext(none);

export const useDeletions = () => useContext(DeletionsContext);

export function Deletions({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const { notify } = useNotices();
  const pending = useRef(new Map<string, Pending>());
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());

  const show = useCallback((id: string) => setHidden((all) => new Set([...all].filter((other) => other !== id))), []);

  const remove = useCallback(
    (game: TaggedGame) => {
      const { id, title } = game.game;
      if (pending.current.has(id)) return;

      const stop = () => {
        clearTimeout(pending.current.get(id)?.timer);
        dismiss();
      };

      const settle = () => {
        pending.current.delete(id);
        show(id);
      };

      let sent: Promise<void> | undefined;
      const send = () => (sent ??= sendOnce());

      const sendOnce = async () => {
        stop();
        try {
          await deleteGame(game);
          await client.resetQueries({ queryKey: ['game', id] });
        } catch (error) {
          const { status, message } = error as Problem;
          const reason = status === 412 ? 'Someone else changed it in the meantime.' : message;
          notify({ text: `“${title}” was not deleted. ${reason}` });
        }
        await client.invalidateQueries({ queryKey: ['games'] });
        settle();
      };

      const undo = () => {
        if (sent) return;
        stop();
        settle();
      };

      const dismiss = notify({ text: `“${title}” will be deleted in a moment.`, action: { label: 'Undo', run: undo } });
      pending.current.set(id, { timer: window.setTimeout(() => void send(), undoMilliseconds), send, undo });
      setHidden((all) => new Set([...all, id]));
    },
    [client, notify, show],
  );

  const undo = useCallback((id: string) => pending.current.get(id)?.undo(), []);

  const sendAll = useCallback(async () => {
    await Promise.all([...pending.current.values()].map(({ send }) => send()));
  }, []);

  useEffect(() => {
    const leave = () => void sendAll();
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      leave();
    };
  }, [sendAll]);

  return <DeletionsContext value={{ hidden, remove, undo, sendAll }}>{children}</DeletionsContext>;
}
