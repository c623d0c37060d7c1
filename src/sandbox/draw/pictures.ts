import type { Picture } from '../story/script.ts';
import { Canvas, hex, mix, type Point, type Rgb } from './canvas.ts';
import { textWidth, write } from './letters.ts';

export const WIDTH = 640;
export const HEIGHT = 360;
const WHITE = hex('#ffffff');
const INK = hex('#323b44');
const GREY = hex('#9aa3ad');

interface Palette {
  back: Rgb;
  solid: Rgb;
  /** What stands out against `solid`. */
  accent: Rgb;
}
/** The three tints of the house; calm grounds, one accent each. */
const PALETTES: Readonly<Record<Picture['tint'], Palette>> = {
  teal: { back: hex('#e0ecea'), solid: hex('#0b7570'), accent: hex('#a84e06') },
  amber: { back: hex('#faeedd'), solid: hex('#a84e06'), accent: hex('#0b7570') },
  violet: { back: hex('#ece8f6'), solid: hex('#6a3cc8'), accent: hex('#0b7570') },
};

/** Two strokes where a chart has its title. */
function heading(canvas: Canvas): void {
  canvas.rect(40, 34, 190, 13, 3, INK);
  canvas.rect(40, 56, 126, 9, 3, GREY);
}
function bars(canvas: Canvas, { values }: Picture, palette: Palette): void {
  heading(canvas);
  const [left, bottom, tall] = [40, HEIGHT - 40, 210];
  const step = (WIDTH - 2 * left) / values.length;
  const most = Math.max(...values);
  for (const [index, value] of values.entries()) {
    const height = (value / most) * tall;
    const colour = index === values.length - 1 ? palette.accent : palette.solid;
    canvas.rect(left + index * step + step * 0.16, bottom - height, step * 0.68, height, 4, colour);
  }
  canvas.rect(left, bottom, WIDTH - 2 * left, 2, 0, mix(palette.back, INK, 0.35));
}
function line(canvas: Canvas, { values }: Picture, palette: Palette): void {
  heading(canvas);
  const [left, top, bottom] = [44, 96, HEIGHT - 44];
  const [least, most] = [Math.min(...values) * 0.8, Math.max(...values) * 1.05];
  for (let i = 0; i < 4; i += 1) canvas.rect(left, top + (i * (bottom - top)) / 3, WIDTH - 2 * left, 1.5, 0, mix(palette.back, INK, 0.14));
  const points = values.map((value, index): Point => [left + (index * (WIDTH - 2 * left)) / (values.length - 1), bottom - ((value - least) / (most - least)) * (bottom - top)]);
  canvas.area(points, bottom, mix(palette.back, palette.solid, 0.14));
  canvas.line(points, 6, palette.solid);
  const [x, y] = points.at(-1) ?? [0, 0];
  canvas.disc(x, y, 12, palette.back);
  canvas.disc(x, y, 8, palette.accent);
}
function donut(canvas: Canvas, { values }: Picture, palette: Palette): void {
  const total = values.reduce((sum, each) => sum + each, 0);
  const colours = values.map((_, index) => (index === values.length - 1 ? palette.accent : mix(palette.solid, palette.back, (index * 0.72) / values.length)));
  let from = 0;
  for (const [index, value] of values.entries()) {
    const to = from + value / total;
    canvas.slice(190, HEIGHT / 2, 94, 52, from + 0.004, to - 0.004, colours[index] ?? GREY);
    from = to;
    const y = HEIGHT / 2 - (values.length * 38) / 2 + index * 38 + 8;
    canvas.rect(366, y, 20, 20, 4, colours[index] ?? GREY);
    canvas.rect(400, y + 5, 60 + (value / total) * 200, 10, 3, mix(GREY, INK, 0.3));
  }
}
function calendar(canvas: Canvas, { values, label = '' }: Picture, palette: Palette): void {
  const [x, y, width, height] = [130, 28, 380, 304];
  canvas.rect(x + 4, y + 6, width, height, 12, mix(palette.back, INK, 0.16));
  canvas.rect(x, y, width, height, 12, WHITE);
  canvas.rect(x, y, width, 56, 12, palette.solid);
  canvas.rect(x, y + 40, width, 18, 0, palette.solid);
  write(canvas, label, x + (width - textWidth(label, 20)) / 2, y + 19, 20, 3.6, WHITE);
  for (let day = 1; day <= 31; day += 1) {
    const place = day + 1;
    const cx = x + 44 + (place % 7) * 48.5;
    const cy = y + 86 + Math.floor(place / 7) * 48;
    const text = String(day);
    const marked = values.includes(day);
    if (marked) canvas.disc(cx, cy, 19, values.indexOf(day) === values.length - 1 ? palette.accent : palette.solid);
    write(canvas, text, cx - textWidth(text, 13) / 2, cy - 6.5, 13, 2.1, marked ? WHITE : mix(GREY, INK, 0.25));
  }
}
function document(canvas: Canvas, { values, label = '' }: Picture, palette: Palette): void {
  const [x, y, width] = [188, 26, 264];
  canvas.rect(x + 5, y + 7, width, HEIGHT, 6, mix(palette.back, INK, 0.16));
  canvas.rect(x, y, width, HEIGHT, 6, WHITE);
  canvas.rect(x + 26, y + 28, 8, 34, 2, palette.solid);
  write(canvas, label, x + 48, y + 36, 16, 3, INK);
  const step = Math.min(38, 200 / values.length);
  for (const [index, value] of values.entries()) {
    const top = y + 92 + index * step;
    canvas.rect(x + 26, top, value * 1.5, 9, 3, mix(GREY, WHITE, 0.25));
    canvas.rect(x + width - 66, top, 40, 9, 3, mix(palette.solid, WHITE, 0.55));
    if (index < values.length - 1) canvas.rect(x + 26, top + step / 2 + 4, width - 52, 1, 0, mix(GREY, WHITE, 0.7));
  }
  const end = y + 98 + values.length * step;
  canvas.rect(x + 26, end, width - 52, 2, 0, INK);
  canvas.rect(x + width - 106, end + 14, 80, 15, 3, palette.accent);
}

const KINDS: Readonly<Record<Picture['kind'], (canvas: Canvas, picture: Picture, palette: Palette) => void>> = { bars, line, donut, calendar, document };

export function drawPicture(picture: Picture): Canvas {
  const palette = PALETTES[picture.tint];
  const canvas = new Canvas(WIDTH, HEIGHT, palette.back);
  KINDS[picture.kind](canvas, picture, palette);
  return canvas;
}
