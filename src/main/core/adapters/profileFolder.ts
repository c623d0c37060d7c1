import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the profile lives when no `--profile` is given: the platform's own folder for application data. */
export function defaultProfile(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string {
  if (platform === 'win32') return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Parrilla');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Parrilla');
  return join(env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'parrilla');
}
