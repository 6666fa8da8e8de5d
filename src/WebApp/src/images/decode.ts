/**
 * Decodes a picture as an img element does: turned as its EXIF says. Some versions of Safari ignore EXIF in createImageBitmap.
 * @returns An element whose natural size is the size that browsers show.
 * @throws {Error} The browser cannot read the picture.
 */
export async function decode(picture: Blob): Promise<HTMLImageElement> {
  const image = new Image();
  const url = URL.createObjectURL(picture);
  image.src = url;

  try {
    await image.decode();
    return image;
  } catch (cause) {
    throw new Error('This browser cannot read the picture.', { cause });
  } finally {
    URL.revokeObjectURL(url);
  }
}
