import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react';
import { deleteGame, type TaggedGame } from '../api/games';
import { useNotify } from '../layout/Notices';

const undoMilliseconds = 6000;

interface Pending {
  timer: number;
  send: () => Promise<void>;
}

interface DeletionsValue {
  /** Games that are as good as gone. */
  hidden: ReadonlySet<string>;
  /** Deletes the game in a few seconds, or when the page is left, unless that is undone. */
  remove: (game: TaggedGame) => void;
}

const DeletionsContext = createContext<DeletionsValue>({ hidden: new Set(), remove: () => {} });

export const useDeletions = () => useContext(DeletionsContext);

export function Deletions({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const notify = useNotify();
  const pending = useRef(new Map<string, Pending>());
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());

  const show = useCallback((id: string) => setHidden((all) => new Set([...all].filter((other) => other !== id))), []);

  const remove = useCallback(
    (game: TaggedGame) => {
      const { id, title } = game.game;
      if (pending.current.has(id)) return;

      const settle = () => {
        clearTimeout(pending.current.get(id)?.timer);
        dismiss();
        pending.current.delete(id);
      };

      const send = async () => {
        settle();
        try {
          await deleteGame(game);
          client.removeQueries({ queryKey: ['game', id] });
        } catch (error) {
          notify({ text: `“${title}” was not deleted. ${(error as Error).message}` });
        }
        await client.invalidateQueries({ queryKey: ['games'] });
        show(id);
      };

      const undo = () => {
        settle();
        show(id);
      };

      const dismiss = notify({ text: `“${title}” will be deleted in a moment.`, action: { label: 'Undo', run: undo } });
      pending.current.set(id, { timer: window.setTimeout(() => void send(), undoMilliseconds), send });
      setHidden((all) => new Set([...all, id]));
    },
    [client, notify, show],
  );

  useEffect(() => {
    const all = pending.current;
    const sendAll = () => all.forEach(({ send }) => void send());
    addEventListener('pagehide', sendAll);
    return () => {
      removeEventListener('pagehide', sendAll);
      sendAll();
    };
  }, []);

  return <DeletionsContext value={{ hidden, remove }}>{children}</DeletionsContext>;
}
