import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BrowserWindow, screen, session } from 'electron';
import { openSafely } from './openSafely.ts';
import { ORIGIN } from './protocol.ts';

interface Bounds { x: number; y: number; width: number; height: number; maximized: boolean }
const LEAST = { x: -100_000, y: -100_000, width: 400, height: 300 } as const;
const MOST = 100_000;

/** By hand: the schema library takes longer to load than an empty window takes to open, and this file is read before it. */
function isBounds(value: unknown): value is Bounds {
  if (typeof value !== 'object' || value === null) return false;
  const found = value as Record<string, unknown>;
  return typeof found['maximized'] === 'boolean' && (Object.keys(LEAST) as (keyof typeof LEAST)[]).every((key) => Number.isInteger(found[key]) && Number(found[key]) >= LEAST[key] && Number(found[key]) <= MOST);
}
function rememberedBounds(file: string): Bounds | null {
  try {
    const bounds: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (!isBounds(bounds)) return null;
    const { workArea } = screen.getDisplayMatching(bounds);
    const visible = bounds.x < workArea.x + workArea.width - 100 && bounds.x + bounds.width > workArea.x + 100 && bounds.y >= workArea.y - 20 && bounds.y < workArea.y + workArea.height - 60;
    return visible ? bounds : null;
  } catch {
    return null;
  }
}

/** The one window: sandboxed, no permissions, no new windows, no navigation away (docs/SECURITY.md). */
export function createWindow(options: { profile: string; preload: string; loopback: string | null; icon: string }): BrowserWindow {
  const file = join(options.profile, 'window.json');
  const bounds = rememberedBounds(file);
  const window = new BrowserWindow({
    width: 1440, height: 900, ...bounds, minWidth: 1000, minHeight: 640, show: false, title: 'Parrilla', ...(process.platform === 'linux' ? { icon: options.icon } : {}), backgroundColor: '#f5f6f8', autoHideMenuBar: true,
    webPreferences: { preload: options.preload, sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, spellcheck: true },
  });
  if (bounds?.maximized) window.maximize();
  session.defaultSession.setPermissionRequestHandler((_, permission, allow) => allow(permission === 'clipboard-sanitized-write'));
  session.defaultSession.setPermissionCheckHandler((_, permission) => permission === 'clipboard-sanitized-write');
  window.webContents.setWindowOpenHandler(({ url }) => {
    void openSafely(url, options.loopback);
    return { action: 'deny' };
  });
  window.webContents.on('will-navigate', (event, url) => {
    if (new URL(url).origin !== new URL(ORIGIN).origin || !url.startsWith(`${ORIGIN}/`)) event.preventDefault();
  });
  window.webContents.on('will-attach-webview', (event) => event.preventDefault());
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    try {
      writeFileSync(file, JSON.stringify({ ...window.getNormalBounds(), maximized: window.isMaximized() }));
    } catch {
      // Where the window was is not worth a message.
    }
  });
  return window;
}
