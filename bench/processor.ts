import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Processor time of a process so far, ms (Linux; elsewhere the figure is left out). */
export function processorMs(pid: number): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return null;
  }
}
const STILL_SHARE = 0.08;
const MOST_MS = 90_000;
/** Waits until a process has done next to nothing for two seconds: what it sweeps after its start is over. */
export async function settled(pid: number): Promise<void> {
  await sleep(3000);
  for (const end = performance.now() + MOST_MS; performance.now() < end;) {
    const before = processorMs(pid);
    const began = performance.now();
    await sleep(2000);
    const after = processorMs(pid);
    if (before === null || after === null || (after - before) / (performance.now() - began) < STILL_SHARE) return;
  }
}
