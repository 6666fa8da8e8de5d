import { fireEvent, screen, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { vi } from 'vitest';
import { aGame, Service } from '../service';
import { open } from '../render';

export const game = aGame(1, { banner_image_id: 'old' });

export async function banner() {
  const view = open(`/games/${game.id}/edit`, new Service().add(game));
  const group = await screen.findByRole('group', { name: 'Banner' });
  return { ...view, group, inside: within(group) };
}

export const drop = (group: HTMLElement, file: File) => fireEvent.drop(group, { dataTransfer: { types: ['Files'], files: [file] } });

export const shown = (inside: ReturnType<typeof within>) => inside.queryByRole('img')?.getAttribute('src');

/** Makes the browser scale pictures of this size into files of these lengths, one after the other. */
export function stubScaling(width: number, height: number, ...lengths: number[]) {
  vi.stubGlobal('createImageBitmap', async () => ({ width, height, close() {} }));
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      getContext = () => ({ drawImage() {} });
      convertToBlob = async ({ type }: { type: string }) => new Blob([new Uint8Array(lengths.shift()!)], { type });
    },
  );
}

export const trySave = async (user: UserEvent) => user.click(screen.getByRole('button', { name: 'Save' }));
