import type { NetworkSession, Outcome } from './port.ts';

/** Tells of every call whether the network could be reached at all: any answer, a refusal too, says that it can. */
export function observe(session: NetworkSession, note: (reached: boolean) => void): NetworkSession {
  const seen = <A extends unknown[], T>(call: (...args: A) => Promise<Outcome<T>>) => async (...args: A): Promise<Outcome<T>> => {
    const outcome = await call(...args);
    if (outcome.ok) note(true);
    else if (outcome.failure.kind === 'notSent') note(false);
    else if (outcome.failure.kind !== 'cancelled' && !('status' in outcome.failure && outcome.failure.status === null)) note(true);
    return outcome;
  };
  return {
    ...session,
    me: seen(session.me), read: seen(session.read), upload: seen(session.upload), publish: seen(session.publish), repost: seen(session.repost), undoRepost: seen(session.undoRepost),
    bookmark: seen(session.bookmark), hideReply: seen(session.hideReply), remove: seen(session.remove), exists: seen(session.exists), metrics: seen(session.metrics),
  };
}
