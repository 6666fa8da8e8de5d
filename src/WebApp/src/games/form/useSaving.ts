import { useCallback, useRef, useState } from 'react';

export type Saving =
  | { kind: 'idle' }
  /** The game waits for its pictures. @param sent The share that has been uploaded, from 0 to 1. */
  | { kind: 'uploading'; sent: number }
  /** @param isSent The request was sent, so it cannot be cancelled. */
  | { kind: 'busy'; text: string; isSent: boolean }
  | { kind: 'failed'; reason: string };

export const isRunning = ({ kind }: Saving) => kind === 'busy' || kind === 'uploading';

export const sending: Saving = { kind: 'busy', text: 'Saving…', isSent: true };

/** The answer was lost. */
export const waiting = (seconds: number): Saving => ({
  kind: 'busy',
  text: `GameImages has not confirmed the game yet. Sending it again in ${seconds === 1 ? 'a second' : `${seconds} seconds`}…`,
  isSent: false,
});

// A game is saved although the member leaves the form, and the member may then open a second form with the same draft.
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
    setSaving({ kind: 'busy', text: 'Saving…', isSent: false });
    try {
      return await work(running.current.signal);
    } finally {
      running.current = null;
      busyDrafts.delete(draftKey);
      setSaving({ kind: 'idle' });
    }
  };

  const cancel = () => running.current?.abort();
  const isSaving = useCallback(() => running.current !== null, []);

  return { saving, show: setSaving, run, cancel, isSaving };
}
