import { useRef, useState } from 'react';

export type Saving =
  | { kind: 'idle' }
  | { kind: 'busy'; text: string }
  | { kind: 'sending'; sent: number }
  | { kind: 'failed'; reason: string }
  /** The game may be stored or not. */
  | { kind: 'unsure'; reason: string };

export const isRunning = ({ kind }: Saving) => kind === 'busy' || kind === 'sending';

// An upload continues when its form is left, and a second form may be opened with the same draft.
const busyDrafts = new Set<string>();

/** Runs the work that saves the game of a draft, one at a time. It ignores a second call meanwhile, such as that of a double click. */
export function useSaving(draftKey: string) {
  const [saving, setSaving] = useState<Saving>({ kind: 'idle' });
  const running = useRef<AbortController>(null);

  /** @returns undefined when something is running already. @throws The errors of the work; AbortError when it was cancelled. */
  const run = async <T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> => {
    if (running.current) return undefined;
    if (busyDrafts.has(draftKey)) {
      setSaving({ kind: 'failed', reason: 'This game is being sent already. Wait for the notice that says how that ended.' });
      return undefined;
    }

    running.current = new AbortController();
    busyDrafts.add(draftKey);
    try {
      return await work(running.current.signal);
    } finally {
      running.current = null;
      busyDrafts.delete(draftKey);
      setSaving({ kind: 'idle' });
    }
  };

  const cancel = () => running.current?.abort();

  return { saving, show: setSaving, run, cancel };
}
