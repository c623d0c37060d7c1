import type { Canvas, Point, Rgb } from './canvas.ts';

/** Capitals and digits as strokes on a grid of 8 by 12: pairs of x and y (base 16), strokes parted by blanks. */
const STROKES: Readonly<Record<string, string>> = {
  A: '0c408c 1979', B: '000c 005071755606 56878b6c0c', C: '826020' + '03092c6c8a', D: '000c 005083895c0c', E: '80000c8c 0666', F: '80000c 0666', G: '82602003092c6c898656',
  H: '000c 808c 0686', I: '404c', J: '70795c2c09', K: '000c 8007 358c', L: '000c8c', M: '0c0047808c', N: '0c008c80', O: '206083896c2c090320', P: '0c0060828567' + '07',
  Q: '206083896c2c090320 598c', R: '0c006082856707 478c', S: '8260200204266688' + '8a6c2c0a', T: '0080 404c', U: '00092c6c8980', V: '004c80', W: '002c456c80', X: '008c 800c', Y: '004680 464c', Z: '00800c8c',
  0: '206083896c2c090320', 1: '22404c', 2: '0220608284' + '0c8c', 3: '01206082846636 66888a6c2c0b', 4: '6c600888', 5: '80000555878a6c2c0b', 6: '71502003092c6c8a88662608', 7: '00803c',
  8: '26040220608284662608' + '0a2c6c8a8866', 9: '1b3c6c8983602002042666' + '84',
};

/** Width of a text, px. */
export const textWidth = (text: string, height: number): number => (text.length * 11 - 3) * (height / 12);

/** Writes capitals, digits and blanks; `x` and `y` are the left top. Accents are left off. */
export function write(canvas: Canvas, text: string, x: number, y: number, height: number, weight: number, colour: Rgb): void {
  const scale = height / 12;
  const plain = text.toUpperCase().normalize('NFD').replace(/\p{Mn}/gu, '');
  for (const [index, letter] of [...plain].entries()) {
    for (const stroke of (STROKES[letter] ?? '').split(' ')) {
      const points: Point[] = [];
      for (let i = 0; i + 1 < stroke.length; i += 2) points.push([x + (index * 11 + Number.parseInt(stroke[i] ?? '0', 16)) * scale, y + Number.parseInt(stroke[i + 1] ?? '0', 16) * scale]);
      if (points.length > 1) canvas.line(points, weight, colour);
    }
  }
}
