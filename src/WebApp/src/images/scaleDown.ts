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
 * @throws {Error} The browser cannot read the picture, or it is still too large.
 */
export async function scaleDown(file: File, type: string): Promise<Scaled> {
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new Error('This browser cannot read the picture.');
  });

  try {
    const before = { width: bitmap.width, height: bitmap.height };
    let scale = Math.min(1, maxSide / Math.max(bitmap.width, bitmap.height));
    for (let attempt = 0; attempt < attempts; attempt++, scale *= 0.8) {
      const width = Math.max(1, Math.floor(bitmap.width * scale));
      const height = Math.max(1, Math.floor(bitmap.height * scale));
      const blob = await draw(bitmap, width, height, type);
      if (blob.size <= maxBytes) return { file: new File([blob], file.name, { type: blob.type }), width, height, before };
    }
    throw new Error('The picture is still too large after scaling down.');
  } finally {
    bitmap.close();
  }
}

function draw(bitmap: ImageBitmap, width: number, height: number, type: string): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  return canvas.convertToBlob({ type, quality });
}
