import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { PictureChange } from '../games/form/pictureChanges';
import { checkPicture } from './checkPicture';
import { PictureUpload } from './PictureUpload';
import type { PictureFacts } from './readPicture';
import { scaleDown } from './scaleDown';
import { byteSize, pixelSize } from './size';

/** The stage of a file that was chosen and is not shown yet. */
export type Stage =
  | { kind: 'none' }
  | { kind: 'refused'; reason: string }
  | { kind: 'large'; file: File; facts: PictureFacts; reason: string }
  | { kind: 'busy'; text: string };

/** The reason why a picture at this stage cannot be saved. */
const obstacles: Record<Stage['kind'], string | undefined> = {
  none: undefined,
  refused: 'Choose another one, or leave it out.',
  large: 'Scale it down, choose another one, or leave it out.',
  busy: 'Wait until the picture is ready.',
};

/**
 * Checks a picture, scales it down when the member wants that, and uploads it.
 * @param guildId The guild whose quota counts the picture; an empty text for none.
 * @param onObstacle Called with the reason why the picture cannot be saved yet, or undefined when it can.
 */
export function usePicture(
  guildId: string,
  onChange: (change: PictureChange) => void,
  onObstacle: (obstacle: string | undefined) => void,
) {
  // Counts the member's actions, so that the late result of an earlier action is ignored.
  const turn = useRef(0);
  // A picture that is still being read when the form is left is not uploaded.
  useEffect(
    () => () => {
      turn.current++;
    },
    [],
  );
  const [stage, setShownStage] = useState<Stage>({ kind: 'none' });
  const [report, setReport] = useState('');

  const setStage = (next: Stage) => {
    setShownStage(next);
    onObstacle(obstacles[next.kind]);
  };

  const set = (next: PictureChange, text: string) => {
    turn.current++;
    // The form must have the picture before the obstacle is removed.
    flushSync(() => {
      setShownStage({ kind: 'none' });
      setReport(text);
      onChange(next);
    });
    onObstacle(undefined);
  };

  const show = (file: File, width: number, height: number, before = '') => {
    const text = `${before}${file.name}, ${pixelSize(width, height)}${byteSize(file.size)}`;
    set({ kind: 'upload', upload: new PictureUpload(file, guildId) }, text);
  };

  const take = async (chosen: File | undefined) => {
    if (!chosen) return;
    const mine = ++turn.current;
    setReport('');
    setStage({ kind: 'busy', text: 'Reading the picture…' });
    try {
      // A copy, since the file on the disk may be changed or deleted before it is sent.
      const file = new File([await chosen.arrayBuffer()], chosen.name, { type: chosen.type });
      const verdict = await checkPicture(file);
      if (turn.current !== mine) return;
      if (verdict.kind === 'good') show(file, verdict.facts.width, verdict.facts.height);
      else setStage(verdict.kind === 'large' ? { ...verdict, file } : verdict);
    } catch {
      // For example, the member dropped a folder.
      if (turn.current === mine) setStage({ kind: 'refused', reason: 'This file cannot be read.' });
    }
  };

  const scale = async (file: File, { type }: PictureFacts) => {
    const mine = ++turn.current;
    setStage({ kind: 'busy', text: 'Scaling the picture down…' });
    try {
      const scaled = await scaleDown(file, type);
      if (turn.current !== mine) return;
      const before = `${pixelSize(scaled.before.width, scaled.before.height)}${byteSize(file.size)}`;
      show(scaled.file, scaled.width, scaled.height, `Scaled down from ${before}, to `);
    } catch (failure) {
      if (turn.current === mine) setStage({ kind: 'refused', reason: (failure as Error).message });
    }
  };

  /** Discards the file that is not shown yet. */
  const dismiss = () => {
    turn.current++;
    setStage({ kind: 'none' });
  };

  return { stage, report, set, take, scale, dismiss };
}
