import { crc32, deflateSync } from 'node:zlib';
import { seeded } from './random.ts';

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body) >>> 0, body.length + 4);
  return out;
}
function encode(width: number, height: number, pixel: (x: number, y: number) => readonly [number, number, number]): Buffer {
  const raw = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) raw.set(pixel(x, y), y * (width * 3 + 1) + 1 + x * 3);
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', head), chunk('IDAT', deflateSync(raw)), chunk('IEND', Buffer.alloc(0))]);
}
function colour(random: () => number): readonly [number, number, number] {
  return [60 + Math.floor(random() * 150), 60 + Math.floor(random() * 150), 60 + Math.floor(random() * 150)];
}

/** A symmetric block pattern in one colour: a face for a fictional person. */
export function avatarPng(seed: number): Buffer {
  const random = seeded(seed);
  const ink = colour(random);
  const cells = Array.from({ length: 15 }, () => random() > 0.5);
  const size = 96;
  const unit = size / 6;
  return encode(size, size, (x, y) => {
    const cx = Math.floor((x - unit / 2) / unit);
    const cy = Math.floor((y - unit / 2) / unit);
    const inside = x >= unit / 2 && y >= unit / 2 && cx < 5 && cy < 5;
    return inside && cells[Math.min(cx, 4 - cx) * 5 + cy] ? ink : [236, 238, 240];
  });
}
/** A bar chart: what accountants post pictures of. */
export function picturePng(seed: number): Buffer {
  const random = seeded(seed);
  const [back, front] = [colour(random), colour(random)];
  const bars = Array.from({ length: 8 }, () => 0.15 + random() * 0.75);
  const [width, height] = [480, 270];
  return encode(width, height, (x, y) => {
    const bar = Math.floor(x / 60);
    return x % 60 > 12 && y / height > 1 - (bars[bar] ?? 0) ? front : [Math.min(255, back[0] + 90), Math.min(255, back[1] + 90), Math.min(255, back[2] + 90)];
  });
}
