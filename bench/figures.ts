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

/** Notes one figure. `label` says in words what was measured; `baseline` is the same work done barely, in the same run. */
export function figure(name: string, label: string, value: number, unit: string, budget: number, baseline: number, better: Figure['better'] = 'lower'): void {
  figures.push({ name, label, value: round(value), unit, better, budget, baseline: round(baseline), ratio: round(value / baseline) });
}
const within = (each: Figure): boolean => (each.better === 'lower' ? each.value <= each.budget : each.value >= each.budget);
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN;
}
/** Prints the figures; writes them as JSON where a file was named. Answers whether all are within budget. */
export function report(json: string | null): boolean {
  for (const each of figures) console.log(`${within(each) ? 'ok  ' : 'OVER'} ${each.name.padEnd(24)} ${String(each.value).padStart(9)} ${each.unit.padEnd(7)} budget ${each.budget} · baseline ${each.baseline} · ratio ${each.ratio} · ${each.label}`);
  if (json) writeFileSync(json, `${JSON.stringify(figures, null, 2)}\n`);
  return figures.every(within);
}
