import type { Source } from '../api/images';

/** The place of a picture on the page. */
export interface Box {
  /** The width and height attributes in CSS pixels. They have the proportions of the box. */
  width?: number;
  height?: number;
  /** "cover" cuts the picture to the box; "contain" shows all of it in the box; "natural" gives the box the picture's proportions. */
  fit: 'cover' | 'contain' | 'natural';
  /** The width of the box in CSS under each media condition. The first condition that is met counts, and the last one is empty. */
  widths: [media: string, width: string][];
  /** The share of the pixels of sharper screens that is loaded. */
  shares?: [media: string, share: number][];
}

/** A box with the proportions of the picture, no larger than the picture and these limits in CSS pixels. */
export function boxWithin({ width, height }: Source, maxWidth: number, maxHeight: number): Box {
  if (!width || !height) return { fit: 'natural', widths: [['', `${maxWidth}px`]] };
  const scale = Math.min(1, maxWidth / width, maxHeight / height);
  const shownWidth = Math.round(width * scale);
  return { width: shownWidth, height: Math.round(height * scale), fit: 'natural', widths: [['', `${shownWidth}px`]] };
}

const square = { width: 160, height: 160, fit: 'cover' } as const;
const wide = { width: 1200, height: 480, fit: 'cover' } as const;

/** About 1.5 pixels for each CSS pixel are enough to recognize a game. */
const ofSmallPictures: Box['shares'] = [
  ['(min-resolution: 2.5dppx)', 0.5],
  ['(min-resolution: 1.6dppx)', 0.75],
];

/** The boxes of this app. Their widths are those in the style sheets, where 92vw is the window without its margins. */
export const boxes = {
  /** A card of the list, which has one column to four. */
  card: {
    width: 320,
    height: 240,
    fit: 'cover',
    widths: [
      ['(max-width: 36.4rem)', '92vw'],
      ['(max-width: 55.4rem)', '46vw'],
      ['(max-width: 73.4rem)', '31vw'],
      ['', '18.5rem'],
    ],
    shares: ofSmallPictures,
  },
  banner: {
    ...wide,
    widths: [
      ['(max-width: 78rem)', '92vw'],
      ['', '73rem'],
    ],
  },
  thumbnail: { ...square, widths: [['', '7rem']], shares: ofSmallPictures },
  formBanner: { ...wide, widths: [['', '28rem']] },
  formThumbnail: { ...square, widths: [['', '8rem']] },
  library: { width: 160, height: 120, fit: 'contain', widths: [['', '12rem']] },
  conflict: { width: 160, height: 120, fit: 'contain', widths: [['', '10rem']] },
} satisfies Record<string, Box>;
