import { describe, expect, it } from 'vitest';
import { type ImageMime, sniffImage } from '../images/sniff.ts';
import { pictureSize } from './picture.ts';

const of = (base64: string): Buffer => Buffer.from(base64, 'base64');
const PNG = of('iVBORw0KGgoAAAANSUhEUgAAABEAAAAJCAYAAADU6McMAAAAC0lEQVR42mNgwAcAABsAARDvNwoAAAAASUVORK5CYII=');
/** Each 17 by 9; JPEG and WebP as a browser writes them. */
const WHOLE: [string, ImageMime, Buffer][] = [
  ['PNG', 'image/png', PNG],
  ['JPEG', 'image/jpeg', of('/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZlo+AjIqgtObDoKrarYqMyP/L2u71////m8H////6/+b9//j/2wBDASstLTw1PHZBQXb4pYyl+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj/wAARCAAJABEDASIAAhEBAxEB/8QAFwABAQEBAAAAAAAAAAAAAAAAAAIDBP/EABYQAQEBAAAAAAAAAAAAAAAAAAABEf/EABQBAQAAAAAAAAAAAAAAAAAAAAT/xAAYEQACAwAAAAAAAAAAAAAAAAAAAQIDEv/aAAwDAQACEQMRAD8A4rUWqrOkUxQm6TGiQ3KC6Z//2Q==')],
  ['WebP with losses', 'image/webp', of('UklGRkgAAABXRUJQVlA4IDwAAADwAgCdASoRAAkAP3Ggxli7q6ejsAgDcC4JZgCdADMCYAD+6G86Sx9+X5sfP466cuFfKQKy8OyGP+xzQAA=')],
  ['WebP without', 'image/webp', of('UklGRjYBAABXRUJQVlA4TCoBAAAvEAACAK+koG0bxvxpd5eBwrZt25Rku4Nh2zaOouw/75c0zf8dHvynV9wfkvujrFGAWyhrgCwkaxSlQwRwAdYAOYAVJC5ApIOidFCAHMBaw1A6eIBCQ7ICUJQNgAtJjgwGikEHD5IsQAfF87ZxATYoKiEiG55qQ+KhdMhBoqxRDFYowC2A85PgFPcHiAEAEExm27Zt27ZtZNu2+z2i//H/+/F8dbQx61RSIYdBxqf+fb3dn+2sDBu5mNeiEjGJP5+P1webk24pHXDq5Fwa9vv17mR3Oajlox6TWsgiot6fLg7Xpq1yImjTS3hkHPzl5nR70atnIy6zQkAnIKEPl3vro3Yh6bNrpGwKGgG6Pd6a96uZsNuoFDDwSAjwfH913CzG/VatmEPCwMAA')],
  ['WebP that is partly clear', 'image/webp', of('UklGRpYAAABXRUJQVlA4WAoAAAAQAAAAEAAACAAAQUxQSDMAAAAFJ6AgbQMWd0/DIiKm6kDQtm2kFclUAnt2/uRWEBH9z09WOzWk2rfUANhWe7kapx5Z7RQAVlA4IDwAAADwAgCdASoRAAkAP3Ggxli7q6ejsAgDcC4JZgCdADMCYAD+6G86Sx9+X5sfP466cuFfKQKy8OyGP+xzQAA=')],
  ['GIF', 'image/gif', Buffer.concat([
    Buffer.from('GIF89a'), Buffer.from([17, 0, 9, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x21, 0xf9, 4, 0, 0, 0, 0, 0]),
    ...[0, 1].map(() => Buffer.from([0x2c, 0, 0, 0, 0, 17, 0, 9, 0, 0, 2, 2, 0x4c, 1, 0])), Buffer.from([0x3b]),
  ])],
];

describe('pictures', () => {
  it.each(WHOLE)('%s: its size, and nothing of one that is cut off anywhere', (_, mime, bytes) => {
    expect(sniffImage(bytes)).toBe(mime);
    expect(pictureSize(bytes, mime)).toEqual({ width: 17, height: 9 });
    for (let kept = 0; kept < bytes.length; kept += 1) {
      expect(pictureSize(bytes.subarray(0, kept), mime), `${kept} of ${bytes.length}`).toBeNull();
    }
  });
  it('takes what cameras and editors hang on behind the end', () => {
    for (const [, mime, bytes] of WHOLE) expect(pictureSize(Buffer.concat([bytes, Buffer.from('SEFT trailer \xff\xd8\xff', 'latin1')]), mime)).toEqual({ width: 17, height: 9 });
  });
  it('is not led astray by parts that do not follow each other', () => {
    const claims = (mime: ImageMime, ...parts: (string | number[])[]): unknown => pictureSize(Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part)))), mime);
    expect(claims('image/jpeg', [0xff, 0xd8, 0xff, 0xd9])).toBeNull();
    expect(claims('image/jpeg', [0xff, 0xd8, 0xff, 0xe0, 0, 0, 0xff, 0xd9])).toBeNull();
    expect(claims('image/gif', 'GIF89a', [1, 0, 1, 0, 0, 0, 0, 0x3b])).toBeNull();
    expect(claims('image/webp', 'RIFF', [4, 0, 0, 0], 'WEBP')).toBeNull();
    expect(claims('image/webp', 'RIFF', [12, 0, 0, 0], 'WEBPVP8 ', [255, 255, 255, 255])).toBeNull();
  });
});
