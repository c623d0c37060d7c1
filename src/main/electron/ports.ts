import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app, Notification, powerMonitor, utilityProcess } from 'electron';
import { fileLog } from '../core/adapters/fileLog.ts';
import { keyringStore } from '../core/adapters/keyring.ts';
import { type ChildHandle, practiceProcess } from '../core/adapters/practiceProcess.ts';
import { systemClock, systemRandom } from '../core/jobs/systemClock.ts';
import type { Paths, Ports } from '../core/ports.ts';
import { openSafely } from './openSafely.ts';

function child(entry: string): (args: string[]) => ChildHandle {
  return (args) => {
    const process_ = utilityProcess.fork(entry, args, { stdio: 'pipe', serviceName: 'practice network' });
    return {
      onStdout: (listener) => void process_.stdout?.on('data', (data: Buffer) => listener(data.toString('utf8'))),
      onStderr: (listener) => void process_.stderr?.on('data', (data: Buffer) => listener(data.toString('utf8'))),
      onExit: (listener) => void process_.once('exit', listener),
      end: () => void process_.kill(),
    };
  };
}

/** Electron's adapters of core's ports. */
export async function electronPorts(options: { paths: Paths; apiOrigin: string; here: string; lang: 'es' | 'en'; clicked(): void; /** The window has the focus. */ looking(): boolean }): Promise<Ports> {
  const log = fileLog(options.paths.profile, null);
  const sandbox = join(options.here, 'sandbox.js');
  if (!existsSync(sandbox)) log.warn('the practice network is not built', { path: 'sandbox.js' });
  const nativeBinding = process.env['PARRILLA_NATIVE_BINDING'];
  const shown = new Set<Notification>();
  return {
    clock: systemClock,
    random: systemRandom,
    secrets: await keyringStore(process.platform),
    notifier: {
      notify({ title, body, silent, unlessLooking }) {
        if (!Notification.isSupported() || (unlessLooking && options.looking())) return;
        const notification = new Notification({ title, body, silent });
        notification.on('click', () => {
          shown.delete(notification);
          options.clicked();
        });
        notification.on('close', () => shown.delete(notification));
        // Held while it is shown, else a collected one answers no click.
        shown.add(notification);
        notification.show();
      },
    },
    power: {
      on(listener) {
        const suspend = (): void => listener('suspend');
        const resume = (): void => listener('resume');
        powerMonitor.on('suspend', suspend);
        powerMonitor.on('resume', resume);
        return () => {
          powerMonitor.removeListener('suspend', suspend);
          powerMonitor.removeListener('resume', resume);
        };
      },
    },
    shell: { openExternal: (url) => openSafely(url, null) },
    paths: options.paths,
    practice: practiceProcess(child(sandbox), options.paths.practiceWorld, log),
    fetch: globalThis.fetch,
    log,
    capabilities: { host: 'electron', notifications: Notification.isSupported() ? 'native' : 'none', tray: true, autostart: false, fileDialogs: false, powerEvents: true },
    apiOrigin: options.apiOrigin,
    version: app.getVersion(),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    systemLang: options.lang,
    // Only a development runtime whose Node-API is too old for the packaged addon names another one.
    ...(nativeBinding && !app.isPackaged ? { nativeBinding } : {}),
  };
}
