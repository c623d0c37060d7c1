import type { ImageMime } from '../images/sniff.ts';

/** Longest side that X takes, pixels (X documentation, media best practices). */
export const LONGEST_SIDE = 8192;

export interface PictureSize {
  width: number;
  height: number;
}

/** Throws past the end, so that a cut file is noticed wherever it is cut. */
class Bytes {
  private readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
  u8(at: number): number {
    const value = this.bytes[at];
    if (value === undefined) throw new CutOff();
    return value;
  }
  /** Where a value comes next. */
  next(value: number, from: number): number {
    const at = this.bytes.indexOf(value, from);
    if (at < 0) throw new CutOff();
    return at;
  }
  u16(at: number, little: boolean): number {
    return little ? this.u8(at) | (this.u8(at + 1) << 8) : (this.u8(at) << 8) | this.u8(at + 1);
  }
  u32(at: number, little: boolean): number {
    return little ? this.u16(at, true) + this.u16(at + 2, true) * 0x1_0000 : this.u16(at, false) * 0x1_0000 + this.u16(at + 2, false);
  }
  name(at: number): string {
    return String.fromCharCode(this.u8(at), this.u8(at + 1), this.u8(at + 2), this.u8(at + 3));
  }
}
class CutOff extends Error {}

/** Size of a picture that is whole: null when it is cut off or its parts do not follow each other. What its pixels say is not looked at. */
export function pictureSize(bytes: Uint8Array, mime: ImageMime): PictureSize | null {
  const file = new Bytes(bytes);
  try {
    return READERS[mime](file);
  } catch (cause) {
    if (cause instanceof CutOff) return null;
    throw cause;
  }
}

const READERS: Record<ImageMime, (file: Bytes) => PictureSize | null> = { 'image/png': png, 'image/jpeg': jpeg, 'image/gif': gif, 'image/webp': webp };

/** PNG, ISO 15948: IHDR first, some IDAT, IEND last. */
function png(file: Bytes): PictureSize | null {
  if (file.name(12) !== 'IHDR' || file.u32(8, false) !== 13) return null;
  let data = false;
  for (let at = 8; ; at += 12 + file.u32(at, false)) {
    const name = file.name(at + 4);
    if (name === 'IDAT') data = true;
    if (name !== 'IEND') continue;
    file.u8(at + 11);
    return data ? { width: file.u32(16, false), height: file.u32(20, false) } : null;
  }
}

/** JPEG, ITU T.81: segments, a frame header, scans, the end mark. What cameras hang on behind the end does not matter. */
function jpeg(file: Bytes): PictureSize | null {
  let size: PictureSize | null = null;
  let scans = 0;
  for (let at = 2; ; ) {
    if (file.u8(at) !== 0xff) return null;
    const marker = file.u8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xd9) return scans > 0 ? size : null;
    const length = file.u16(at + 2, false);
    if (length < 2) return null;
    // Start-of-frame markers carry the size; C4, C8 and CC are tables.
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) size = { height: file.u16(at + 5, false), width: file.u16(at + 7, false) };
    at += 2 + length;
    if (marker !== 0xda) continue;
    scans += 1;
    for (at = file.next(0xff, at); inScan(file.u8(at + 1)); ) at = file.next(0xff, at + 2);
  }
}
/** What after FF belongs to a scan: an escaped FF, or a restart mark. */
const inScan = (mark: number): boolean => mark === 0 || (mark >= 0xd0 && mark <= 0xd7);

/** GIF89a: blocks to the trailer, at least one picture. */
function gif(file: Bytes): PictureSize | null {
  const table = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  const past = (from: number): number => {
    let at = from;
    while (file.u8(at) !== 0) at += 1 + file.u8(at);
    return at + 1;
  };
  let pictures = 0;
  for (let at = 13 + table(file.u8(10)); ; ) {
    const kind = file.u8(at);
    if (kind === 0x3b) return pictures > 0 ? { width: file.u16(6, true), height: file.u16(8, true) } : null;
    if (kind === 0x21) at = past(at + 2);
    else if (kind === 0x2c) {
      pictures += 1;
      at = past(at + 10 + table(file.u8(at + 9)) + 1);
    } else return null;
  }
}

/** WebP: a RIFF whose chunks are all there; the size of the canvas, or of the only picture. */
function webp(file: Bytes): PictureSize | null {
  const end = 8 + file.u32(4, true);
  file.u8(end - 1);
  let size: PictureSize | null = null;
  let pictures = 0;
  for (let at = 12; at + 8 <= end; ) {
    const name = file.name(at);
    const bytes = file.u32(at + 4, true);
    const from = at + 8;
    if (from + bytes > end) return null;
    if (name === 'VP8X') size = { width: 1 + file.u16(from + 4, true) + file.u8(from + 6) * 0x1_0000, height: 1 + file.u16(from + 7, true) + file.u8(from + 9) * 0x1_0000 };
    if (name === 'VP8 ' || name === 'VP8L' || name === 'ANMF') pictures += 1;
    if (name === 'VP8 ') size ??= { width: file.u16(from + 6, true) & 0x3fff, height: file.u16(from + 8, true) & 0x3fff };
    if (name === 'VP8L') {
      const bits = file.u32(from + 1, true);
      size ??= { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
    }
    at = from + bytes + (bytes % 2);
  }
  return pictures > 0 ? size : null;
}
