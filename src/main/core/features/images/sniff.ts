export type ImageMime = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';

/** Kind of a picture by its first bytes, whatever its name says; null when it is none of the four. */
export function sniffImage(bytes: Uint8Array): ImageMime | null {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (/^GIF8[79]a/.test(head)) return 'image/gif';
  if (head.startsWith('RIFF') && head.startsWith('WEBP', 8)) return 'image/webp';
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  return null;
}
