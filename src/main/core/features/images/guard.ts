import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

const closed = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24],
  ['192.168.0.0', 16], ['198.18.0.0', 15], ['224.0.0.0', 4], ['240.0.0.0', 4],
] as const) closed.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [['::', 96], ['::1', 128], ['64:ff9b::', 96], ['fc00::', 7], ['fe80::', 10], ['ff00::', 8]] as const) closed.addSubnet(net, bits, 'ipv6');

/** Is this an address of the public internet? */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  if (family === 6) {
    const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
    if (mapped) return isPublicAddress(mapped);
  }
  return !closed.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

/** What is known of an address before core asks it for the user: `closed` is not https or not of the public internet, `unknown` has no address now, as without a network (ARCHITECTURE §5, SSRF guard). */
export async function standingOf(url: URL): Promise<'open' | 'closed' | 'unknown'> {
  if (url.protocol !== 'https:' || url.username !== '' || (url.port !== '' && url.port !== '443')) return 'closed';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host)) return isPublicAddress(host) ? 'open' : 'closed';
  try {
    const found = await lookup(host, { all: true });
    if (found.length === 0) return 'unknown';
    return found.every((each) => isPublicAddress(each.address)) ? 'open' : 'closed';
  } catch {
    return 'unknown';
  }
}

/** May core fetch this address for the user? https to public addresses only, after DNS. */
export async function mayFetch(url: URL): Promise<boolean> {
  return (await standingOf(url)) === 'open';
}
