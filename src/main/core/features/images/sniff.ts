/** Kind and size of a picture by its bytes, whatever its name says; null when it is none of the four. */
export function sniffImage(bytes: Uint8Array): { mime: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp'; width: number | null; height: number | null } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const ascii = (at: number, length: number): string => String.fromCharCode(...bytes.subarray(at, at + length));
  if (bytes.length > 24 && view.getUint32(0) === 0x89504e47 && view.getUint32(4) === 0x0d0a1a0a) return { mime: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
  if (bytes.length > 10 && /^GIF8[79]a$/.test(ascii(0, 6))) return { mime: 'image/gif', width: view.getUint16(6, true), height: view.getUint16(8, true) };
  if (bytes.length > 30 && ascii(0, 4) === 'RIFF' && ascii(8, 4) === 'WEBP') return { mime: 'image/webp', ...webpSize(view, ascii(12, 4)) };
  if (bytes.length > 4 && bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return { mime: 'image/jpeg', ...jpegSize(view) };
  return null;
}

function webpSize(view: DataView, kind: string): { width: number | null; height: number | null } {
  if (kind === 'VP8X') return { width: 1 + (view.getUint16(24, true) | (view.getUint8(26) << 16)), height: 1 + (view.getUint16(27, true) | (view.getUint8(29) << 16)) };
  if (kind === 'VP8 ') return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  return { width: null, height: null };
}

function jpegSize(view: DataView): { width: number | null; height: number | null } {
  let at = 2;
  while (at + 9 < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return { width: null, height: null };
    const marker = view.getUint8(at + 1);
    // Start-of-frame markers carry the size; C4, C8 and CC are tables.
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + view.getUint16(at + 2);
  }
  return { width: null, height: null };
}
