type Read = (from: number, to: number) => Promise<Uint8Array>;

/** Is it an MP4 or QuickTime file? Its first box says so (ISO 14496-12). */
export function sniffVideo(head: Uint8Array): 'video/mp4' | 'video/quicktime' | null {
  const text = Buffer.from(head.subarray(0, 16)).toString('latin1');
  if (text.slice(4, 8) !== 'ftyp') return null;
  return text.slice(8, 12) === 'qt  ' ? 'video/quicktime' : 'video/mp4';
}

interface Box {
  type: string;
  /** Where its content begins and ends in the file. */
  from: number;
  to: number;
  /** False when the file ends before it does. */
  whole: boolean;
}
async function* boxes(read: Read, from: number, to: number): AsyncGenerator<Box> {
  for (let at = from, n = 0; at + 8 <= to && n < 1000; n += 1) {
    const head = Buffer.from(await read(at, Math.min(to, at + 16)));
    if (head.length < 8) return;
    const small = head.readUInt32BE(0);
    const size = small === 1 && head.length >= 16 ? Number(head.readBigUInt64BE(8)) : small === 0 ? to - at : small;
    const headBytes = small === 1 ? 16 : 8;
    if (size < headBytes) return;
    yield { type: head.toString('latin1', 4, 8), from: at + headBytes, to: Math.min(to, at + size), whole: at + size <= to };
    at += size;
  }
}

/** Length of a film from its movie header, ms; null when it cannot be read, or when the film is cut off. */
export async function videoDurationMs(read: Read, bytes: number): Promise<number | null> {
  let length: number | null = null;
  for await (const outer of boxes(read, 0, bytes)) {
    // What some cameras hang on behind the film is no box: only the film itself must be whole.
    if (!outer.whole && (outer.type === 'mdat' || outer.type === 'moov')) return null;
    if (outer.type === 'moov') length ??= await headerLength(read, outer);
  }
  return length;
}

async function headerLength(read: Read, movie: Box): Promise<number | null> {
  for await (const inner of boxes(read, movie.from, movie.to)) {
    if (inner.type !== 'mvhd') continue;
    const head = Buffer.from(await read(inner.from, Math.min(inner.to, inner.from + 36)));
    const long = head[0] === 1;
    if (head.length < (long ? 32 : 20)) return null;
    const scale = head.readUInt32BE(long ? 20 : 12);
    const length = long ? Number(head.readBigUInt64BE(24)) : head.readUInt32BE(16);
    return scale === 0 ? null : Math.round((length / scale) * 1000);
  }
  return null;
}
