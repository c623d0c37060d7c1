import { z } from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { PracticeNetwork } from '../../ports.ts';
import type { Credentials } from '../../network/port.ts';

const accountsSchema = z.array(
  z.looseObject({
    id: z.string(), username: z.string(), role: z.enum(['brand', 'department', 'personal', 'other']),
    oauth1: z.object({ appKey: z.string(), appSecret: z.string(), accessToken: z.string(), accessSecret: z.string() }),
  }),
);
const ASK_MS = 10_000;

/** Which of the practice world's own accounts is meant; null where there is none such. */
export type PracticeChoice = (own: readonly { id: string; role: 'brand' | 'department' | 'personal' }[]) => string | null;

/** The practice network's keys: asked for at each start and never stored, since they open nothing real. Throws AppError `practice_unavailable`, `practice_all` where none is left to choose. */
export async function practiceCredentials(practice: PracticeNetwork, choose: PracticeChoice): Promise<{ url: string; credentials: Credentials; role: 'brand' | 'department' | 'personal' }> {
  const { url } = await practice.ensure();
  let found: z.infer<typeof accountsSchema>;
  try {
    const response = await fetch(new URL('/__sandbox/accounts', url), { headers: { 'x-sandbox-control': '1' }, signal: AbortSignal.timeout(ASK_MS) });
    found = accountsSchema.parse(await response.json());
  } catch (cause) {
    throw new AppError('practice_unavailable', { detail: cause instanceof Error ? cause.message.slice(0, 200) : '' }, { cause, retry: 'later' });
  }
  const own = found.flatMap((each) => (each.role === 'other' ? [] : [{ ...each, role: each.role }]));
  const chosen = choose(own);
  const account = own.find((each) => each.id === chosen);
  if (!account) throw new AppError('practice_all');
  return { url, credentials: { auth: 'oauth1', ...account.oauth1 }, role: account.role };
}
