import { checkCanvas } from './checkCanvas';
import { decode } from './decode';

const { maxImageBytes: maxBytes, maxImageSide: maxSide } = RULES;

const quality = 0.9;
const attempts = 8;

export interface Scaled {
  file: File;
  width: number;
  height: number;
  /** The size of the original as browsers show it, turned as its EXIF says. */
  before: { width: number; height: number };
}

/**
 * Scales a still picture down to the limits of the service for sides and bytes.
 * @throws {Error} The browser cannot read the picture, changes its pixels, or it is still too large.
 */
export async function scaleDown(file: File, type: string): Promise<Scaled> {
  const image = await decode(file);
  await checkCanvas();

  const before = { width: image.naturalWidth, height: image.naturalHeight };
  let scale = Math.min(1, maxSide / Math.max(before.width, before.height));
  for (let attempt = 0; attempt < attempts; attempt++, scale *= 0.8) {
    const width = Math.max(1, Math.floor(before.width * scale));
    const height = Math.max(1, Math.floor(before.height * scale));
    const blob = await draw(image, width, height, type);
    if (blob.size <= maxBytes) return { file: new File([blob], file.name, { type: blob.type }), width, height, before };
  }
  throw new Error('The picture is still too large after scaling down.');
}

function draw(image: HTMLImageElement, width: number, height: number, type: string): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, width, height);
  return canvas.convertToBlob({ type, quality });
}
