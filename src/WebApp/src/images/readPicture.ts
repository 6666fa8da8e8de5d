export interface PictureFacts {
  type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  /** The size in pixels that the header states; 0 when it states none. */
  width: number;
  height: number;
  /** Whether it has several frames, which scaling would lose. A GIF always counts as animated. */
  animated: boolean;
}

const ascii = (bytes: Uint8Array, start: number, length: number) =>
  String.fromCharCode(...bytes.subarray(start, start + length));

const pngSignature = '\x89PNG\r\n\x1a\n';

/** Reads the header of a picture. The bytes decide the format, not the name. @returns null when it is in none of the four formats. */
export function readPicture(bytes: Uint8Array): PictureFacts | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (ascii(bytes, 0, 8) === pngSignature) return readPng(bytes, view);
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return { type: 'image/jpeg', ...readJpegSize(view), animated: false };
  if (/^GIF8[79]a$/.test(ascii(bytes, 0, 6))) return { type: 'image/gif', ...readGifSize(view), animated: true };
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 4) === 'WEBP') return readWebP(bytes, view);
  return null;
}

const unknownSize = { width: 0, height: 0 };

const readGifSize = (view: DataView) =>
  view.byteLength < 10 ? unknownSize : { width: view.getUint16(6, true), height: view.getUint16(8, true) };

function readPng(bytes: Uint8Array, view: DataView): PictureFacts {
  const size = view.byteLength < 24 ? unknownSize : { width: view.getUint32(16), height: view.getUint32(20) };
  let animated = false;

  // The chunk acTL, which comes before the image data, makes it an animated PNG.
  for (let at = 8; at + 8 <= bytes.length && ascii(bytes, at + 4, 4) !== 'IDAT'; at += 12 + view.getUint32(at))
    animated ||= ascii(bytes, at + 4, 4) === 'acTL';
  return { type: 'image/png', ...size, animated };
}

/** Finds the frame header (SOF, ITU-T T.81 section B.2.2): a marker from 0xC0 to 0xCF that is not DHT, JPG or DAC. */
function readJpegSize(view: DataView) {
  for (let at = 2; at + 9 <= view.byteLength; ) {
    const marker = view.getUint8(at + 1);
    if (view.getUint8(at) !== 0xff) return unknownSize;
    if (marker === 0xff) at += 1;
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    else at += 2 + view.getUint16(at + 2);
  }
  return unknownSize;
}

/** Reads the three kinds of RFC 9649: extended, lossless and lossy. */
function readWebP(bytes: Uint8Array, view: DataView): PictureFacts {
  const type = 'image/webp';
  if (bytes.length < 30) return { type, ...unknownSize, animated: false };

  const uint24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  switch (ascii(bytes, 12, 4)) {
    case 'VP8X':
      return { type, width: uint24(24) + 1, height: uint24(27) + 1, animated: (view.getUint8(20) & 0x02) !== 0 };
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      return { type, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, animated: false };
    }
    default:
      return { type, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff, animated: false };
  }
}
