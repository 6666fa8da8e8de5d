import { type PictureFacts, readPicture } from './readPicture';
import { byteSize } from './size';

/** Whether a file can be sent, is too large but can be scaled down, or is refused. */
export type Verdict =
  | { kind: 'good'; facts: PictureFacts }
  | { kind: 'large'; facts: PictureFacts; reason: string }
  | { kind: 'refused'; reason: string };

const { maxImageBytes: maxBytes, maxImageSide: maxSide } = RULES;

export async function checkPicture(file: Blob): Promise<Verdict> {
  if (file.size === 0) return refused('This file is empty.');

  const bytes = new Uint8Array(await file.arrayBuffer());
  const facts = readPicture(bytes);
  if (!facts) return refused(`This file is not a PNG, JPEG, GIF or WebP picture.${hint(bytes)}`);

  const reason = tooLarge(file, facts);
  if (!reason) return { kind: 'good', facts };
  if (!facts.animated) return { kind: 'large', facts, reason };
  const what = facts.type === 'image/gif' ? 'A GIF' : 'An animation';
  return refused(`${reason} ${what} cannot be scaled down here. Choose a smaller one.`);
}

function tooLarge(file: Blob, { width, height }: PictureFacts): string | null {
  if (Math.max(width, height) > maxSide) return `The picture is ${width} × ${height} pixels. Each side may have at most ${maxSide}.`;
  return file.size > maxBytes ? `A picture may have at most ${byteSize(maxBytes)}.` : null;
}

/** Says what the file is instead, by its ISO 14496-12 brand or its markup. */
function hint(bytes: Uint8Array): string {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 256));
  if (/^....ftyp(heic|heix|hevc|hevx|mif1|msf1)/s.test(start)) return ' It is a HEIC picture. Save it as JPEG first.';
  if (/^....ftypavi[fs]/s.test(start)) return ' It is an AVIF picture. Save it as PNG or WebP first.';
  if (/^\s*<(\?xml|svg)/i.test(start)) return ' It is an SVG drawing. Save it as PNG first.';
  return /^\s*<(!doctype|html)/i.test(start) ? ' It is a web page, although its name says otherwise.' : '';
}

const refused = (reason: string): Verdict => ({ kind: 'refused', reason });
