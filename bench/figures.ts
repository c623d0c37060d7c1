import { writeFileSync } from 'node:fs';

export interface Figure {
  name: string;
  /** What was measured, in words. */
  label: string;
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

/** Notes one figure and prints it. `label` says in words what was measured; `baseline` is the same work done barely, in the same run. */
export function figure(name: string, label: string, value: number, unit: string, budget: number, baseline: number, better: Figure['better'] = 'lower'): void {
  const noted = { name, label, value: round(value), unit, better, budget: round(budget), baseline: round(baseline), ratio: round(value / baseline) };
  figures.push(noted);
  console.log(`${within(noted) ? 'ok  ' : 'OVER'} ${name.padEnd(28)} ${String(noted.value).padStart(9)} ${unit.padEnd(7)} budget ${noted.budget} · baseline ${noted.baseline} · ratio ${noted.ratio} · ${label}`);
}
function within(each: Figure): boolean {
  return each.better === 'lower' ? each.value <= each.budget : each.value >= each.budget;
}
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN;
}
/** Writes the figures as JSON where a file was named. Answers whether all are within budget. */
export function report(json: string | null): boolean {
  if (json) writeFileSync(json, `${JSON.stringify(figures, null, 2)}\n`);
  return figures.every(within);
}
