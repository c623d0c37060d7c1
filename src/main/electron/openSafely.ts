import { shell } from 'electron';

/** Opens an address in the system browser: https only, or the loopback page of a server named by `--x-api`. */
export async function openSafely(address: string, loopback: string | null): Promise<boolean> {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return false;
  }
  if (url.protocol !== 'https:' && url.origin !== loopback) return false;
  await shell.openExternal(url.toString());
  return true;
}
