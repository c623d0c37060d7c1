import { Canvas, hex } from './canvas.ts';
import { textWidth, write } from './letters.ts';

/** Muted colours that white letters stand on at 4.5 to 1 or more; the first is the brand's own. */
const COLOURS = ['#0d3b45', '#35667f', '#3f7a4d', '#a3452c', '#5f62ad', '#8a5a16', '#2f716c', '#3c4148', '#a24a63', '#7a5a9e', '#3b6aa0', '#7a6150'].map(hex);
const SIZE = 96;

/** One colour, the initials in white; the app cuts the disc out of it. */
export function drawAvatar(initials: string, colour: number): Canvas {
  const canvas = new Canvas(SIZE, SIZE, COLOURS[colour % COLOURS.length] ?? hex('#3c4148'));
  const height = initials.length > 1 ? 32 : 40;
  write(canvas, initials, (SIZE - textWidth(initials, height)) / 2, (SIZE - height) / 2, height, height / 6.4, hex('#ffffff'));
  return canvas;
}
