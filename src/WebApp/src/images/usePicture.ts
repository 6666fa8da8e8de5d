import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { PictureChange } from '../games/form/fields';
import { checkPicture } from './checkPicture';
import type { PictureFacts } from './readPicture';
import { scaleDown } from './scaleDown';
import { byteSize } from './size';

/** Where a file is between being chosen and being shown. */
export type Stage = { kind: 'none' } | { kind: 'refused'; reason: string } | { kind: 'large'; file: File; facts: PictureFacts; reason: string } | { kind: 'busy'; text: string };

/** "800 × 200 pixels, ", or nothing for a header that states no size. */
const size = (width: number, height: number) => (width > 0 ? `${width} × ${height} pixels, ` : '');

/** Why a picture at this stage cannot be saved. */
const obstacles: Record<Stage['kind'], string | undefined> = {
  none: undefined,
  refused: 'Choose another one, or leave it out.',
  large: 'Scale it down, choose another one, or leave it out.',
  busy: 'Wait until the picture is ready.',
};

/**
 * Looks at a picture before it is sent, and scales it down when that is wanted.
 * @param onObstacle Told why the picture cannot be saved yet, or that it can.
 */
export function usePicture(change: PictureChange, onChange: (change: PictureChange) => void, onObstacle: (obstacle: string | undefined) => void) {
  // Counts what was asked for, so that what comes late is left aside.
  const turn = useRef(0);
  const [stage, setShownStage] = useState<Stage>({ kind: 'none' });
  const [report, setReport] = useState('');

  const setStage = (next: Stage) => {
    setShownStage(next);
    onObstacle(obstacles[next.kind]);
  };

  const set = (next: PictureChange, text: string) => {
    turn.current++;
    if (change.kind === 'replace') URL.revokeObjectURL(change.url);
    // A picture that may be saved is one that the form has.
    flushSync(() => {
      setShownStage({ kind: 'none' });
      setReport(text);
      onChange(next);
    });
    onObstacle(undefined);
  };

  const show = (file: File, width: number, height: number, before = '') =>
    set({ kind: 'replace', file, url: URL.createObjectURL(file) }, `${before}${file.name}, ${size(width, height)}${byteSize(file.size)}`);

  const take = async (chosen: File | undefined) => {
    if (!chosen) return;
    const mine = ++turn.current;
    setReport('');
    setStage({ kind: 'busy', text: 'Reading it…' });
    try {
      // What is on the disk may change, or go, before it is sent.
      const file = new File([await chosen.arrayBuffer()], chosen.name, { type: chosen.type });
      const verdict = await checkPicture(file);
      if (turn.current !== mine) return;
      if (verdict.kind === 'good') show(file, verdict.facts.width, verdict.facts.height);
      else setStage(verdict.kind === 'large' ? { ...verdict, file } : verdict);
    } catch {
      // As for a folder.
      if (turn.current === mine) setStage({ kind: 'refused', reason: 'This file cannot be read.' });
    }
  };

  const scale = async (file: File, { type }: PictureFacts) => {
    const mine = ++turn.current;
    setStage({ kind: 'busy', text: 'Scaling it down…' });
    try {
      const scaled = await scaleDown(file, type);
      if (turn.current === mine) show(scaled.file, scaled.width, scaled.height, `Scaled down from ${size(scaled.before.width, scaled.before.height)}${byteSize(file.size)}, to `);
    } catch (failure) {
      if (turn.current === mine) setStage({ kind: 'refused', reason: (failure as Error).message });
    }
  };

  /** Forgets the file that is not shown yet. */
  const dismiss = () => {
    turn.current++;
    setStage({ kind: 'none' });
  };

  return { stage, report, set, take, scale, dismiss };
}
