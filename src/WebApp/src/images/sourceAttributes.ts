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

const sharpest = 3;

function sizesOf({ widths, maxDensity }: Box, scale: number): string {
  const all = (factor: number, condition: string) =>
    widths.map(([media, width]) => {
      const conditions = [condition, media].filter(Boolean).join(' and ');
      return `${conditions} calc(${Number((scale * factor).toFixed(2))} * ${width})`.trim();
    });
  const capped = maxDensity ? all(maxDensity / sharpest, `(min-resolution: ${maxDensity + 0.5}dppx)`) : [];
  return [...capped, ...all(1, '')].join(', ');
}
