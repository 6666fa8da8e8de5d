const ascii = (text: string) => [...text].map((letter) => letter.charCodeAt(0));

const file = (name: string, ...parts: (string | number[])[]) =>
  new File(
    parts.map((part) => new Uint8Array(typeof part === 'string' ? ascii(part) : part)),
    name,
  );

const big = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const chunk = (type: string, content: number[]) => [...big(content.length), ...ascii(type), ...content, 0, 0, 0, 0];

const header = (width: number, height: number) => chunk('IHDR', [...big(width), ...big(height), 8, 6, 0, 0, 0]);

export const png = (width: number, height: number) => file('picture.png', '\x89PNG\r\n\x1a\n', header(width, height), chunk('IDAT', [0]));

export const apng = (width: number, height: number) =>
  file('moving.png', '\x89PNG\r\n\x1a\n', header(width, height), chunk('acTL', [0, 0, 0, 2, 0, 0, 0, 0]), chunk('IDAT', [0]));

export const jpeg = (width: number, height: number) =>
  file(
    'photo.jpg',
    [0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0],
    [0xff, 0xc2, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0],
  );

export const gif = (width: number, height: number) =>
  file('moving.gif', 'GIF89a', [width & 255, width >> 8, height & 255, height >> 8, 0, 0, 0]);

export const extendedWebP = (width: number, height: number, flags: number) =>
  file(
    'moving.webp',
    'RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0',
    [flags, 0, 0, 0],
    [(width - 1) & 255, (width - 1) >> 8, 0, (height - 1) & 255, (height - 1) >> 8, 0],
  );

export const text = (name: string, content: string) => file(name, content);
