import enShell from './locales/en/shell.json' with { type: 'json' };
import enFirst from './locales/en/first.json' with { type: 'json' };
import enAccounts from './locales/en/accounts.json' with { type: 'json' };
import enDeck from './locales/en/deck.json' with { type: 'json' };
import enSettings from './locales/en/settings.json' with { type: 'json' };
import enComposer from './locales/en/composer.json' with { type: 'json' };
import enCalendar from './locales/en/calendar.json' with { type: 'json' };
import enBulk from './locales/en/bulk.json' with { type: 'json' };
import enActivity from './locales/en/activity.json' with { type: 'json' };
import enMoney from './locales/en/money.json' with { type: 'json' };
import enRehearsal from './locales/en/rehearsal.json' with { type: 'json' };
import enReasons from './locales/en/reasons.json' with { type: 'json' };
import enLibrary from './locales/en/library.json' with { type: 'json' };
import enSources from './locales/en/sources.json' with { type: 'json' };
import enFill from './locales/en/fill.json' with { type: 'json' };
import enTemplate from './locales/en/template.json' with { type: 'json' };
import enHost from './locales/en/host.json' with { type: 'json' };
import enInbox from './locales/en/inbox.json' with { type: 'json' };
import enInboxSettings from './locales/en/inboxSettings.json' with { type: 'json' };
import enKeys from './locales/en/keys.json' with { type: 'json' };
import enErrors from './locales/en/errors.json' with { type: 'json' };
import esShell from './locales/es/shell.json' with { type: 'json' };
import esFirst from './locales/es/first.json' with { type: 'json' };
import esAccounts from './locales/es/accounts.json' with { type: 'json' };
import esDeck from './locales/es/deck.json' with { type: 'json' };
import esSettings from './locales/es/settings.json' with { type: 'json' };
import esComposer from './locales/es/composer.json' with { type: 'json' };
import esCalendar from './locales/es/calendar.json' with { type: 'json' };
import esBulk from './locales/es/bulk.json' with { type: 'json' };
import esActivity from './locales/es/activity.json' with { type: 'json' };
import esMoney from './locales/es/money.json' with { type: 'json' };
import esRehearsal from './locales/es/rehearsal.json' with { type: 'json' };
import esReasons from './locales/es/reasons.json' with { type: 'json' };
import esLibrary from './locales/es/library.json' with { type: 'json' };
import esSources from './locales/es/sources.json' with { type: 'json' };
import esFill from './locales/es/fill.json' with { type: 'json' };
import esTemplate from './locales/es/template.json' with { type: 'json' };
import esHost from './locales/es/host.json' with { type: 'json' };
import esInbox from './locales/es/inbox.json' with { type: 'json' };
import esInboxSettings from './locales/es/inboxSettings.json' with { type: 'json' };
import esKeys from './locales/es/keys.json' with { type: 'json' };
import esErrors from './locales/es/errors.json' with { type: 'json' };

/** Every word of the window, in both languages; keys are `file.key`. */
export const resources = {
  es: { translation: { shell: esShell, first: esFirst, accounts: esAccounts, deck: esDeck, settings: esSettings, composer: esComposer, calendar: esCalendar, bulk: esBulk, activity: esActivity, money: esMoney, rehearsal: esRehearsal, reasons: esReasons, library: esLibrary, sources: esSources, fill: esFill, template: esTemplate, host: esHost, inbox: esInbox, inboxSettings: esInboxSettings, keys: esKeys, errors: esErrors } },
  en: { translation: { shell: enShell, first: enFirst, accounts: enAccounts, deck: enDeck, settings: enSettings, composer: enComposer, calendar: enCalendar, bulk: enBulk, activity: enActivity, money: enMoney, rehearsal: enRehearsal, reasons: enReasons, library: enLibrary, sources: enSources, fill: enFill, template: enTemplate, host: enHost, inbox: enInbox, inboxSettings: enInboxSettings, keys: enKeys, errors: enErrors } },
} as const;
export type Words = (typeof resources)['en']['translation'];
