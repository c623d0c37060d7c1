import { spawn } from 'node:child_process';

/** Opens a link in the system's browser; nothing happens where there is none. */
export function openBrowser(url: string, platform: NodeJS.Platform, env: NodeJS.ProcessEnv): void {
  if (platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return;
  const [command, args] = platform === 'darwin' ? ['open', [url]] as const : platform === 'win32' ? ['rundll32', ['url.dll,FileProtocolHandler', url]] as const : ['xdg-open', [url]] as const;
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.once('error', () => {});
  child.unref();
}
