const mebibyte = 1024 * 1024;

/** "512 KiB", "1.8 MiB", "5.0 GiB". */
export function byteSize(bytes: number): string {
  if (bytes < mebibyte) return `${Math.ceil(bytes / 1024)} KiB`;
  return bytes < 1024 * mebibyte ? `${(bytes / mebibyte).toFixed(1)} MiB` : `${(bytes / mebibyte / 1024).toFixed(1)} GiB`;
}

/** "800 × 200 pixels, ", or an empty text when the size is unknown. */
export const pixelSize = (width: number | null, height: number | null) => (width && height ? `${width} × ${height} pixels, ` : '');
