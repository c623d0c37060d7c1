import { writeFileSync } from 'node:fs';

export interface Figure {
  name: string;
  value: number;
  unit: string;
  better: 'lower' | 'higher';
  budget: number;
  /** The same work done barely, in the same run. */
  baseline: number;
  ratio: number;
}
const figures: Figure[] = [];
const round = (value: number): number => Number(value.toPrecision(4));

export function figure(name: string, value: number, unit: string, budget: number, baseline: number): void {
  figures.push({ name, value: round(value), unit, better: 'lower', budget, baseline: round(baseline), ratio: round(value / baseline) });
}
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN;
}
/** Prints the figures; writes them as JSON where a file was named. Answers whether all are within budget. */
export function report(json: string | null): boolean {
  for (const each of figures) console.log(`${each.value <= each.budget ? 'ok  ' : 'OVER'} ${each.name.padEnd(58)} ${String(each.value).padStart(8)} ${each.unit.padEnd(5)} budget ${each.budget} · baseline ${each.baseline} · ratio ${each.ratio}`);
  if (json) writeFileSync(json, `${JSON.stringify(figures, null, 2)}\n`);
  return figures.every((each) => each.value <= each.budget);
}
