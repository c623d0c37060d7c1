import { z } from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { PracticeNetwork } from '../../ports.ts';
import type { Credentials } from '../../network/port.ts';

const accountsSchema = z.array(
  z.looseObject({
    id: z.string(), username: z.string(), role: z.string(),
    oauth1: z.object({ appKey: z.string(), appSecret: z.string(), accessToken: z.string(), accessSecret: z.string() }),
  }),
);
const ASK_MS = 10_000;

/** The practice network's keys: asked for at each start and never stored, since they open nothing real. */
export async function practiceCredentials(practice: PracticeNetwork, remoteId: string | null): Promise<{ url: string; credentials: Credentials }> {
  const { url } = await practice.ensure();
  let found: z.infer<typeof accountsSchema>;
  try {
    const response = await fetch(new URL('/__sandbox/accounts', url), { headers: { 'x-sandbox-control': '1' }, signal: AbortSignal.timeout(ASK_MS) });
    found = accountsSchema.parse(await response.json());
  } catch (cause) {
    throw new AppError('practice_unavailable', { detail: cause instanceof Error ? cause.message.slice(0, 200) : '' }, { cause, retry: 'later' });
  }
  const account = remoteId === null ? found.find((each) => each.role === 'brand') : found.find((each) => each.id === remoteId);
  if (!account) throw new AppError('practice_unavailable', { detail: 'no such account' });
  return { url, credentials: { auth: 'oauth1', ...account.oauth1 } };
}
