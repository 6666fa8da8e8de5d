import { useRef, useState } from 'react';
import type { TaggedGame } from '../../api/games';
import { Problem } from '../../api/problem';
import { type Save, saveGame } from '../../api/saveGame';

export type Saving = { kind: 'idle' } | { kind: 'sending'; sent: number } | { kind: 'failed'; reason: string };

/** Sends a game, one at a time: what is asked for meanwhile, as by a double click, is left out. */
export function useSaving() {
  const [saving, setSaving] = useState<Saving>({ kind: 'idle' });
  const running = useRef<AbortController>(null);

  /** @returns null when it was cancelled, or another is on its way. @throws {Problem} The service refused, or did not answer. */
  const save = async (what: Pick<Save, 'body' | 'base'>): Promise<TaggedGame | null> => {
    if (running.current) return null;
    running.current = new AbortController();
    setSaving({ kind: 'sending', sent: 0 });

    try {
      const saved = await saveGame({ ...what, onProgress: (sent) => setSaving({ kind: 'sending', sent }), signal: running.current.signal });
      setSaving({ kind: 'idle' });
      return saved;
    } catch (error) {
      if (error instanceof Problem) {
        setSaving({ kind: 'idle' });
        throw error;
      }
      setSaving({ kind: 'failed', reason: 'Cancelled. Nothing was saved.' });
      return null;
    } finally {
      running.current = null;
    }
  };

  const fail = (reason: string) => setSaving({ kind: 'failed', reason });
  const cancel = () => running.current?.abort();

  return { saving, save, fail, cancel };
}
