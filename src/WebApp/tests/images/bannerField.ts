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

/** Makes the browser decode pictures of this size, or never finish, or fail. */
export function stubDecoding(width: number, height: number, decode: () => Promise<void> = async () => {}) {
  vi.stubGlobal(
    'Image',
    class {
      src = '';
      naturalWidth = width;
      naturalHeight = height;
      decode = decode;
    },
  );
}

/**
 * Makes the browser scale pictures of this size into files of these lengths, one after the other.
 * @param noise Is added to the first byte of the pixels that are read from a canvas.
 */
export function stubScaling(width: number, height: number, lengths: number[], noise = 0) {
  let drawn: Uint8ClampedArray<ArrayBufferLike> = new Uint8ClampedArray();
  stubDecoding(width, height);
  vi.stubGlobal(
    'ImageData',
    class {
      data: Uint8ClampedArray<ArrayBufferLike>;
      constructor(columns: number, rows: number) {
        this.data = new Uint8ClampedArray(columns * rows * 4);
      }
    },
  );
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      isCheck = false;
      getContext = () => ({
        drawImage() {},
        putImageData: ({ data }: { data: Uint8ClampedArray<ArrayBufferLike> }) => {
          this.isCheck = true;
          drawn = data;
        },
        getImageData: () => ({ data: drawn.map((value, i) => (i === 0 ? value + noise : value)) }),
      });
      convertToBlob = async ({ type }: { type: string }) => new Blob([new Uint8Array(this.isCheck ? 1 : lengths.shift()!)], { type });
    },
  );
}

export const trySave = async (user: UserEvent) => user.click(screen.getByRole('button', { name: 'Save' }));
