import { type PictureFacts, readPicture } from './readPicture';
import { byteSize } from './size';

/** What a file is: good to send, too large but fit for scaling down, or refused, in the words of the service where they are for people. */
export type Verdict =
  | { kind: 'good'; facts: PictureFacts }
  | { kind: 'large'; facts: PictureFacts; reason: string }
  | { kind: 'refused'; reason: string };

const { maxImageBytes: maxBytes, maxImageSide: maxSide } = RULES;

export async function checkPicture(file: Blob): Promise<Verdict> {
  if (file.size === 0) return refused('The image is empty (byte 0).');

  const bytes = new Uint8Array(await file.arrayBuffer());
  const facts = readPicture(bytes);
  if (!facts) return refused(`The bytes are none of PNG, JPEG, GIF and WebP.${hint(bytes)}`);

  const reason = tooLarge(file, facts);
  if (!reason) return { kind: 'good', facts };
  const what = facts.type === 'image/gif' ? 'A GIF' : 'An animation';
  return facts.animated ? refused(`${reason} ${what} would not survive being scaled down here.`) : { kind: 'large', facts, reason };
}

function tooLarge(file: Blob, { width, height }: PictureFacts): string | null {
  if (Math.max(width, height) > maxSide) return `The image is ${width} x ${height} pixels; a side has at most ${maxSide}.`;
  return file.size > maxBytes ? `An image has at most ${byteSize(maxBytes)}.` : null;
}

/** What the file may be instead: a brand of ISO 14496-12, or markup. */
function hint(bytes: Uint8Array): string {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 256));
  if (/^....ftyp(heic|heix|hevc|hevx|mif1|msf1)/s.test(start)) return ' It is a HEIC picture: save it as JPEG first.';
  if (/^....ftypavi[fs]/s.test(start)) return ' It is an AVIF picture: save it as PNG or WebP first.';
  if (/^\s*<(\?xml|svg)/i.test(start)) return ' It is an SVG drawing: save it as PNG first.';
  return /^\s*<(!doctype|html)/i.test(start) ? ' It is a web page, whatever its name says.' : '';
}

const refused = (reason: string): Verdict => ({ kind: 'refused', reason });
