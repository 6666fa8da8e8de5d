import { useRef, useState } from 'react';

export type Saving =
  | { kind: 'idle' }
  | { kind: 'busy'; text: string }
  | { kind: 'sending'; sent: number }
  | { kind: 'failed'; reason: string }
  /** The service may have stored the game. */
  | { kind: 'unsure'; reason: string };

export const isRunning = ({ kind }: Saving) => kind === 'busy' || kind === 'sending';

// An upload continues when the member leaves the form, and the member may then open a second form with the same draft.
const busyDrafts = new Set<string>();

/** Runs the work that saves a game. Only one runs at a time: a second call, such as that of a double click, is ignored. */
export function useSaving(draftKey: string) {
  const [saving, setSaving] = useState<Saving>({ kind: 'idle' });
  const running = useRef<AbortController>(null);

  /** @returns undefined when the work was ignored. @throws The errors of the work; AbortError when it was cancelled. */
  const run = async <T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> => {
    if (running.current) return undefined;
    if (busyDrafts.has(draftKey)) {
      setSaving({ kind: 'failed', reason: 'This game is already being sent. Wait for the notice that says whether it was saved.' });
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
