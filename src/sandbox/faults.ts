import { z } from 'zod';

export const faultSchema = z.object({
  match: z.object({ method: z.string().optional(), path: z.string().optional() }).default({}),
  kind: z.enum(['delay', 'hangAfterAccept', 'resetBefore', 'resetAfter', 'status', 'statusAfterAccept', 'cutBody', 'rateLimit', 'spendCap', 'usageCap', 'noCredits', 'unauthorised', 'damagedId']),
  ms: z.number().int().min(0).max(600_000).optional(),
  status: z.number().int().min(200).max(599).optional(),
  /** Matching calls that it lets pass first. */
  skip: z.number().int().min(0).max(1000).default(0),
  /** How often it strikes; once when absent. */
  times: z.number().int().min(1).max(10_000).default(1),
});
export type Fault = z.infer<typeof faultSchema>;

/** The answer with an id that is none in its newest post. */
export function withDamagedId(body: unknown): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(body));
  const data = z.looseObject({ data: z.tuple([z.looseObject({ id: z.string() })], z.unknown()) }).safeParse(copy);
  return data.success ? { ...data.data, data: [{ ...data.data.data[0], id: `${data.data.data[0].id}x` }, ...data.data.data.slice(1)] } : copy;
}
/** Faults on demand; each strikes the next matching calls and is then gone. */
export class Faults {
  private list: Fault[] = [];
  add(fault: Fault): void {
    this.list.push({ ...fault });
  }
  clear(): void {
    this.list = [];
  }
  take(method: string, path: string): Fault | null {
    const found = this.list.find((fault) => (fault.match.method === undefined || fault.match.method === method) && (fault.match.path === undefined || path.startsWith(fault.match.path)));
    if (!found) return null;
    if (found.skip > 0) {
      found.skip -= 1;
      return null;
    }
    found.times -= 1;
    if (found.times <= 0) this.list = this.list.filter((fault) => fault !== found);
    return found;
  }
}
