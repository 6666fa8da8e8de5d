import type { Source } from '../api/images';
import type { Box } from './boxes';

/** The attributes that let the browser choose the smallest copy that is sharp enough for the box. */
export function sourceAttributes({ url, width, height, variants }: Source, box: Box) {
  if (!width || !height || variants.length === 0) return { src: url };

  const candidates = [...variants, { url, width }];
  return {
    src: url,
    srcSet: candidates.map((candidate) => `${candidate.url} ${candidate.width}w`).join(', '),
    sizes: sizesOf(box, scaleIn(box, width / height)),
  };
}

/** How wide the picture is in relation to the box: wider if its sides are cut off, or narrower if it fits the height of the box. */
function scaleIn({ width, height, fit }: Box, proportion: number): number {
  if (fit === 'natural' || !width || !height) return 1;
  const scale = proportion / (width / height);
  return fit === 'cover' ? Math.max(1, scale) : Math.min(1, scale);
}

function sizesOf({ widths, shares = [] }: Box, scale: number): string {
  const all = [...shares, ['', 1] as const].flatMap(([resolution, share]) =>
    widths.map(([media, width]) => {
      const condition = [resolution, media].filter(Boolean).join(' and ');
      return `${condition} calc(${Number((scale * share).toFixed(2))} * ${width})`.trim();
    }),
  );
  return all.join(', ');
}
