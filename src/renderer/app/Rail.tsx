import { IconHelp, IconKeyboard } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useKeyOf } from '../hotkeys/Key.tsx';
import { useRpcQuery } from '../rpc/hooks.ts';
import { useAccounts } from '../ui/useAccounts.ts';
import { UNREAD } from './firstQueries.ts';
import { SCREENS } from './screens.ts';
import { openPalette } from './paletteStore.ts';
import { useView } from './viewStore.ts';

/** The six places at the left, with what waits in them. */
export function Rail() {
  const { t } = useTranslation();
  const keyOf = useKeyOf();
  const screen = useView((state) => state.screen);
  const go = useView((state) => state.go);
  const set = useView((state) => state.set);
  const { current } = useAccounts();
  const inbox = useRpcQuery('inbox.list', UNREAD(current?.id ?? ''), { enabled: current !== null }).data?.counts;
  const unsynced = useRpcQuery('sync.status', {}).data?.waiting ?? 0;
  const status = useRpcQuery('scheduler.status', {}).data;
  const waiting = (current && status?.needsDecisionOf[current.id]) ?? 0;
  return (
    <nav className="rail" aria-label="Parrilla">
      <span className="mark" aria-hidden="true">P</span>
      {SCREENS.map(({ screen: each, icon: Icon, letter }) => (
        <button key={each} type="button" data-testid={`nav-${each}`} title={`${t(`shell.${each}`)} (${keyOf(`g ${letter}`)})`} aria-current={screen === each ? 'page' : undefined} onClick={() => go(each)}>
          <Icon size={19} stroke={1.75} aria-hidden="true" />
          {t(`shell.${each}`)}
          {each === 'inbox' && inbox && inbox.attend > 0 ? <span className={inbox.overdue > 0 ? 'count warn' : 'count'} aria-label={t('shell.toAnswer', { count: inbox.attend, late: inbox.overdue })}>{inbox.attend > 99 ? '99+' : inbox.attend}</span> : null}
          {each === 'activity' && unsynced > 0 ? <span className="count dark" aria-label={t('shell.unsynced', { count: unsynced })}>{unsynced > 99 ? '99+' : unsynced}</span> : null}
          {each === 'calendar' && waiting > 0 ? <span className="count" aria-label={t('shell.decide', { count: waiting })}>{waiting}</span> : null}
        </button>
      ))}
      <span className="grow" />
      <button type="button" title={`${t('shell.keysTitle')} (${keyOf('?')})`} aria-label={t('shell.keysTitle')} onClick={() => set({ keysOpen: true })}><IconKeyboard size={18} stroke={1.75} aria-hidden="true" /></button>
      <button type="button" title={`${t('shell.command')} (${keyOf('Mod+k')})`} aria-label={t('shell.help')} onClick={openPalette}><IconHelp size={18} stroke={1.75} aria-hidden="true" /></button>
    </nav>
  );
}
