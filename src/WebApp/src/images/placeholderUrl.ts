import { thumbHashToDataURL } from 'thumbhash';

/** @param placeholder A ThumbHash in Base64. @returns A blurred picture of about 32 pixels, which needs no request. */
export const placeholderUrl = (placeholder: string) =>
  thumbHashToDataURL(Uint8Array.from(atob(placeholder), (byte) => byte.charCodeAt(0)));
