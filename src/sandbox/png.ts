import { crc32, deflateSync } from 'node:zlib';
import { drawAvatar } from './draw/avatar.ts';
import type { Canvas } from './draw/canvas.ts';
import { drawPicture } from './draw/pictures.ts';
import { seeded } from './random.ts';
import { pictureNamed } from './story/index.ts';
import type { Picture } from './story/script.ts';

const KEPT = 120;

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body) >>> 0, body.length + 4);
  return out;
}
function encode({ width, height, data }: Canvas): Buffer {
  const raw = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y += 1) raw.set(data.subarray(y * width * 3, (y + 1) * width * 3), y * (width * 3 + 1) + 1);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', head), chunk('IDAT', deflateSync(raw)), chunk('IEND', Buffer.alloc(0))]);
}

const drawn = new Map<string, Buffer>();
/** Draws once; the newest are kept. */
function kept(name: string, draw: () => Canvas): Buffer {
  const found = drawn.get(name) ?? encode(draw());
  drawn.set(name, found);
  const oldest = drawn.keys().next().value;
  if (drawn.size > KEPT && oldest !== undefined) drawn.delete(oldest);
  return found;
}

/** A face for a fictional person: their initials on a quiet colour. */
export const avatarPng = (initials: string, colour: number): Buffer => kept(`avatar ${initials} ${colour}`, () => drawAvatar(initials, colour));
/** A chart of no meaning, for whoever needs just some picture; the same for the same number. */
export function picturePng(seed: number): Buffer {
  const random = seeded(seed);
  const kinds: readonly Picture['kind'][] = ['bars', 'line', 'donut'];
  const tints: readonly Picture['tint'][] = ['teal', 'amber', 'violet'];
  const values = Array.from({ length: 6 }, () => 20 + Math.floor(random() * 60));
  return kept(`seed ${seed}`, () => drawPicture({ kind: kinds[seed % 3] ?? 'bars', tint: tints[Math.floor(seed / 3) % 3] ?? 'teal', values, alt: '' }));
}
/** A picture of the written world by its name, or null. */
export function namedPng(name: string): Buffer | null {
  const picture = pictureNamed(name);
  return picture ? kept(`picture ${name}`, () => drawPicture(picture)) : null;
}
