import { type Settings, settingsSchema } from '../../../../shared/contract/host.ts';
import { ALL_NOTICES } from '../../../../shared/domain/notices.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import { defineStatements } from '../../db/db.ts';
import type { CoreDeps, Handlers } from '../../feature.ts';

const q = defineStatements('settings', {
  all: 'SELECT key, value FROM settings',
  put: 'INSERT INTO settings (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
});

function zoneExists(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** The workspace's settings. A stored value that no longer fits is replaced by its default, and said in the log. */
export function createSettingsFeature(deps: CoreDeps): {
  handlers: Pick<Handlers, 'settings.get' | 'settings.set'>;
  service: { get(): Settings; set(patch: Partial<Settings>): Settings; lang(): 'es' | 'en' };
} {
  const defaults: Settings = {
    lang: null, theme: 'auto', zone: deps.ports.zone, weekStart: 'auto', hour12: 'auto',
    currentAccountId: null, notifications: true, linkChecks: true, metrics: true, notices: { kinds: ALL_NOTICES, sound: 'columns', quiet: null }, dayStartHour: 8, dayEndHour: 20, hotkeys: {},
  };
  let cached: Settings | null = null;
  const get = (): Settings => {
    if (cached) return cached;
    const found: Settings = { ...defaults };
    for (const row of deps.db.all(q.all)) {
      const key = String(row['key']);
      if (!Object.hasOwn(defaults, key)) continue;
      const candidate = settingsSchema.partial().safeParse({ [key]: JSON.parse(String(row['value'])) as unknown });
      if (candidate.success) Object.assign(found, candidate.data);
      else deps.ports.log.warn('setting replaced by its default', { key });
    }
    cached = found;
    return found;
  };
  const set = (patch: Partial<Settings>): Settings => {
    if (patch.zone !== undefined && !zoneExists(patch.zone)) {
      throw new AppError('bad_input', { path: 'zone', detail: patch.zone.slice(0, 60) });
    }
    const next = { ...get(), ...patch };
    if (next.dayEndHour <= next.dayStartHour) throw new AppError('bad_input', { path: 'dayEndHour', detail: '' });
    deps.db.tx(() => {
      for (const [key, value] of Object.entries(patch)) {
        if (value !== undefined) deps.db.run(q.put, { key, value: JSON.stringify(value) });
      }
    });
    cached = next;
    deps.bus.emit('settings.changed', next);
    return next;
  };
  return {
    handlers: { 'settings.get': () => get(), 'settings.set': (input) => set(stripUndefined(input)) },
    service: { get, set, lang: () => get().lang ?? deps.ports.systemLang },
  };
}

function stripUndefined(patch: { [K in keyof Settings]?: Settings[K] | undefined }): Partial<Settings> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
}
