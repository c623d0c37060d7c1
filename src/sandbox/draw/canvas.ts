export type Rgb = readonly [red: number, green: number, blue: number];
export type Point = readonly [x: number, y: number];

export const hex = (text: string): Rgb => [Number.parseInt(text.slice(1, 3), 16), Number.parseInt(text.slice(3, 5), 16), Number.parseInt(text.slice(5, 7), 16)];
export const mix = (a: Rgb, b: Rgb, part: number): Rgb => [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part, a[2] + (b[2] - a[2]) * part];

/** Distance from a point to a segment. */
function toSegment(x: number, y: number, a: Point, b: Point): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - a[0]) * dx + (y - a[1]) * dy) / length));
  return Math.hypot(x - a[0] - t * dx, y - a[1] - t * dy);
}

/** An RGB picture; shapes are painted by their distance, so that every edge is smooth. Units are px. */
export class Canvas {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
  constructor(width: number, height: number, back: Rgb) {
    this.width = width;
    this.height = height;
    this.data = new Uint8Array(width * height * 3);
    for (let i = 0; i < this.data.length; i += 3) this.data.set(back, i);
  }

  /** Paints where `distance` is negative, with a soft px at its edge, inside the box. */
  paint(x0: number, y0: number, x1: number, y1: number, colour: Rgb, distance: (x: number, y: number) => number): void {
    for (let y = Math.max(0, Math.floor(y0)); y < Math.min(this.height, Math.ceil(y1)); y += 1) {
      for (let x = Math.max(0, Math.floor(x0)); x < Math.min(this.width, Math.ceil(x1)); x += 1) {
        const alpha = Math.max(0, Math.min(1, 0.5 - distance(x + 0.5, y + 0.5)));
        if (alpha === 0) continue;
        const at = (y * this.width + x) * 3;
        for (let k = 0; k < 3; k += 1) this.data[at + k] = Math.round((this.data[at + k] ?? 0) * (1 - alpha) + (colour[k] ?? 0) * alpha);
      }
    }
  }
  rect(x: number, y: number, width: number, height: number, radius: number, colour: Rgb): void {
    const [cx, cy, hw, hh] = [x + width / 2, y + height / 2, width / 2, height / 2];
    const r = Math.min(radius, hw, hh);
    this.paint(x - 1, y - 1, x + width + 1, y + height + 1, colour, (px, py) => {
      const [qx, qy] = [Math.abs(px - cx) - hw + r, Math.abs(py - cy) - hh + r];
      return Math.hypot(Math.max(qx, 0), Math.max(qy, 0)) + Math.min(Math.max(qx, qy), 0) - r;
    });
  }
  disc(cx: number, cy: number, radius: number, colour: Rgb): void {
    this.paint(cx - radius - 1, cy - radius - 1, cx + radius + 1, cy + radius + 1, colour, (x, y) => Math.hypot(x - cx, y - cy) - radius);
  }
  line(points: readonly Point[], width: number, colour: Rgb): void {
    const xs = points.map((each) => each[0]);
    const ys = points.map((each) => each[1]);
    const w = width / 2 + 1;
    this.paint(Math.min(...xs) - w, Math.min(...ys) - w, Math.max(...xs) + w, Math.max(...ys) + w, colour, (x, y) => {
      let least = Infinity;
      for (let i = 1; i < points.length; i += 1) least = Math.min(least, toSegment(x, y, points[i - 1] ?? [0, 0], points[i] ?? [0, 0]));
      return least - width / 2;
    });
  }
  /** Fills down from a line to `bottom`. */
  area(points: readonly Point[], bottom: number, colour: Rgb): void {
    const first = points[0]?.[0] ?? 0;
    const last = points.at(-1)?.[0] ?? 0;
    const top = (x: number): number => {
      for (let i = 1; i < points.length; i += 1) {
        const [a, b] = [points[i - 1] ?? [0, 0], points[i] ?? [0, 0]];
        if (x <= b[0]) return a[1] + ((b[1] - a[1]) * (x - a[0])) / Math.max(1, b[0] - a[0]);
      }
      return bottom;
    };
    this.paint(first, 0, last, bottom, colour, (x, y) => top(x) - y);
  }
  /** A part of a ring, angles in turns from the top, clockwise. */
  slice(cx: number, cy: number, radius: number, thick: number, from: number, to: number, colour: Rgb): void {
    const r = radius + thick / 2 + 1;
    const [middle, half] = [(from + to) / 2, (to - from) / 2];
    this.paint(cx - r, cy - r, cx + r, cy + r, colour, (x, y) => {
      const [dx, dy] = [x - cx, y - cy];
      const length = Math.hypot(dx, dy);
      const turn = (Math.atan2(dx, -dy) / (2 * Math.PI) + 1) % 1;
      let off = Math.abs(turn - middle);
      off = Math.min(off, 1 - off);
      return Math.max(Math.abs(length - radius) - thick / 2, (off - half) * 2 * Math.PI * length);
    });
  }
}
