import { useMantineColorScheme } from '@mantine/core';
import { memo, useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { FirstRun } from '../features/firstRun/FirstRun.tsx';
import { useConnection, useRpcQuery } from '../rpc/hooks.ts';
import { useAccounts } from '../ui/useAccounts.ts';
import { endSight } from './firstSight.ts';
import { Shell } from './Shell.tsx';
import { useView } from './viewStore.ts';

/** Drawn anew by what it asks for itself. */
const Window = memo(Shell);

/** First run, or the shell. */
export function App() {
  const settings = useRpcQuery('settings.get', {}).data;
  const { accounts, loaded } = useAccounts();
  // Asked for with the rest, so that the columns are drawn with the shell and not after it.
  useRpcQuery('columns.list', {});
  const { i18n, t } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const connection = useConnection();
  const wizardOpen = useView((state) => state.wizardOpen);
  const lang = settings?.lang ?? null;
  useEffect(() => {
    if (lang && i18n.language !== lang) void i18n.changeLanguage(lang);
    document.documentElement.lang = lang ?? i18n.language;
  }, [lang, i18n]);
  const theme = settings?.theme ?? 'auto';
  // It is a new function at each drawing, and calling it styles the whole page anew: only for another theme.
  const scheme = useRef(setColorScheme);
  scheme.current = setColorScheme;
  useEffect(() => scheme.current(theme), [theme]);
  const stands = connection.state === 'refused' || (settings !== undefined && loaded);
  useLayoutEffect(() => { if (stands) endSight(); }, [stands]);
  if (connection.state === 'refused') return <main className="first"><p role="alert">{t('shell.refused')}</p></main>;
  if (!settings || !loaded) return null;
  if (settings.lang === null || (accounts.length === 0 && !wizardOpen)) return <FirstRun settings={settings} withStart={accounts.length === 0} />;
  return <Window />;
}
