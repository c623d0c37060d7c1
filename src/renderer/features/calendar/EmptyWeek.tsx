import { IconCalendarPlus, IconCalendarTime, IconChevronRight, IconFeather, IconUpload, IconWand } from '@tabler/icons-react';
import { useKeyOf } from '../../hotkeys/Key.tsx';
import type { Kit } from './kit.ts';

/** A week with nothing in it: how to begin (LOOK, 12). It stands over the first days, or over the last where the first are not empty to the eye. */
export function EmptyWeek({ kit, past, aside, onTemplate, onFill, onImport, onWrite, onNext }: { kit: Kit; past: boolean; /** Posts from elsewhere stand on its first days. */ aside: boolean; onTemplate: (() => void) | null; /** Its slots can be filled from the drafts. */ onFill: (() => void) | null; onImport: () => void; onWrite: () => void; onNext: () => void }) {
  const { t } = kit;
  const keyOf = useKeyOf();
  const ways = [
    ...(onFill && !past ? [{ key: 'fill', icon: IconWand, title: t('calendar.emptyWeek.fill'), body: t('calendar.emptyWeek.fillBody'), run: onFill }] : []),
    { key: 'import', icon: IconUpload, title: t('calendar.emptyWeek.import'), body: t('calendar.emptyWeek.importBody'), run: onImport },
    ...(onTemplate && !past ? [{ key: 'template', icon: IconCalendarTime, title: t('calendar.emptyWeek.template'), body: t('calendar.emptyWeek.templateBody'), run: onTemplate }] : []),
    { key: 'write', icon: IconFeather, title: t('calendar.emptyWeek.write'), body: t('calendar.emptyWeek.writeBody', { key: keyOf('n') }), run: onWrite },
    ...(past ? [{ key: 'next', icon: IconCalendarPlus, title: t('calendar.emptyWeek.now'), body: t('calendar.emptyWeek.nowBody'), run: onNext }] : []),
  ];
  return (
    <section className={aside ? 'empty-week aside' : 'empty-week'} aria-labelledby="empty-week" data-testid="empty-week">
      <h2 id="empty-week">{t('calendar.emptyWeek.title')}</h2>
      <p>{past ? t('calendar.emptyWeek.bodyPast') : t('calendar.emptyWeek.body')}</p>
      {ways.map(({ key, icon: Sign, title, body, run }, i) => (
        <button key={key} type="button" className={i === 0 ? 'first' : ''} onClick={run}>
          <Sign size={18} stroke={1.75} aria-hidden="true" /><span><b>{title}</b><span className="quiet">{body}</span></span><IconChevronRight size={16} stroke={1.75} aria-hidden="true" />
        </button>
      ))}
    </section>
  );
}
