function box(type: string, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}

/** The smallest file that says it is a film: brand, movie header with its length, and bytes to fill. */
export function mp4(bytes: number, durationMs: number, mark = ''): Uint8Array {
  const header = Buffer.alloc(100);
  header.writeUInt32BE(1000, 12);
  header.writeUInt32BE(durationMs, 16);
  const start = Buffer.concat([box('ftyp', Buffer.from(`isom${'\0'.repeat(4)}isom${mark}`)), box('moov', box('mvhd', header))]);
  const rest = Buffer.alloc(Math.max(0, bytes - start.length - 8));
  for (let i = 0; i < rest.length; i += 997) rest[i] = (i * 31) % 251;
  return Buffer.concat([start, box('mdat', rest)]);
}
