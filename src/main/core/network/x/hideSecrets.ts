const HIDDEN = '[hidden]';

/** Everything in which a server could hand a secret back: as it is, for an address, in base64. */
function forms(secret: string): string[] {
  return [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64'), Buffer.from(secret).toString('base64url')];
}

/** A value of an answer without the secrets that it repeats: a refusal is kept, shown and logged, and must not carry a key along. */
export function hideSecrets<T>(value: T, secrets: readonly string[]): T {
  const known = [...new Set(secrets.filter((secret) => secret.length >= 4).flatMap(forms))].sort((a, b) => b.length - a.length);
  const hide = (text: string): string => known.reduce((hidden, secret) => hidden.replaceAll(secret, HIDDEN), text);
  const walk = (each: unknown, depth: number): unknown => {
    if (typeof each === 'string') return hide(each);
    if (typeof each !== 'object' || each === null || depth > 20) return each;
    if (Array.isArray(each)) return each.map((item) => walk(item, depth + 1));
    return Object.fromEntries(Object.entries(each).map(([key, item]) => [hide(key), walk(item, depth + 1)]));
  };
  return walk(value, 0) as T;
}
