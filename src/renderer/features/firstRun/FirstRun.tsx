import { Button, Loader } from '@mantine/core';
import { IconArrowRight, IconBrandX, IconCheck, IconClock, IconKey, IconLink, IconMoon, IconSchool, IconSun } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupData } from '../../../shared/contract/backups.ts';
import type { Settings } from '../../../shared/contract/host.ts';
import { PROPOSED_CAP } from '../../../shared/domain/budget.ts';
import { PRICES } from '../../../shared/domain/price.ts';
import { LostBanner } from '../../app/LostBanner.tsx';
import { useView } from '../../app/viewStore.ts';
import { useRpcCommand, useRpcQuery } from '../../rpc/hooks.ts';
import { ErrorNote } from '../../ui/bits.tsx';
import { formatOf } from '../../../shared/i18n/format.ts';
import { useErrorWords } from '../../ui/useToast.tsx';
import { OpenCopy } from '../backups/OpenCopy.tsx';
import { RestoreDialog } from '../backups/RestoreDialog.tsx';
import { RestoreNote } from '../backups/RestoreNote.tsx';
import { useCopies } from '../backups/useCopies.ts';
import { MiniDeck } from './MiniDeck.tsx';

/** What a day of reading costs on X, USD: as many posts as a small brand's columns bring. */
const MENTIONS_A_DAY = 50;
const HOME_A_DAY = 85;
const LANGUAGES = [{ lang: 'es', name: 'Español' }, { lang: 'en', name: 'English' }] as const;

/** Language, then the practice account in one click or a real one by the wizard, with what X charges said before (UX, first run). */
export function FirstRun({ settings, withStart }: { settings: Settings; withStart: boolean }) {
  const { t, i18n } = useTranslation();
  const words = useErrorWords();
  const set = useRpcCommand('settings.set');
  const practice = useRpcCommand('accounts.addPractice');
  const copies = useCopies();
  const [copy, setCopy] = useState<BackupData | null>(null);
  const openWizard = useView((state) => state.set);
  const info = useRpcQuery('host.info', {}).data;
  // What was chosen counts before core has answered: Enter right after it must not put the computer's language in its place.
  const [chosen, setChosen] = useState<'es' | 'en' | null>(null);
  const lang = chosen ?? settings.lang ?? (i18n.language === 'es' ? 'es' : 'en');
  const format = formatOf(lang, settings.zone, settings.hour12);
  const keep = (then: () => void): void => (settings.lang === null ? set.mutate({ lang }, { onSuccess: then }) : then());
  const price = (usd: number): string => usd.toLocaleString(lang === 'es' ? 'es-ES' : 'en-GB', { minimumFractionDigits: 3 });
  const prices: [string, string][] = [
    [t('first.price.post'), price(PRICES.publish)], [t('first.price.link'), price(PRICES.publishWithLink)], [t('first.price.reply'), price(PRICES.publishSummonedReply)],
    [t('first.price.mentions', { n: MENTIONS_A_DAY }), t('first.aDay', { usd: format.usd(MENTIONS_A_DAY * PRICES.readOwned) })],
    [t('first.price.home', { n: HOME_A_DAY }), t('first.aDay', { usd: format.usd(HOME_A_DAY * PRICES.readPost) })],
  ];
  return (
    <main className="first" id="main">
      <div className="first-card">
        <LostBanner />
        <header>
          <span className="first-mark" aria-hidden="true">P</span>
          <div className="grow"><h1>Parrilla</h1><p>{t('first.promise')}</p></div>
          <div className="segments" role="group" aria-label={t('settings.theme')}>
            {([['light', IconSun], ['dark', IconMoon], ['auto', null]] as const).map(([theme, Icon]) => (
              <button key={theme} type="button" aria-pressed={settings.theme === theme} onClick={() => set.mutate({ theme })}>{Icon ? <Icon size={14} stroke={1.75} aria-hidden="true" /> : null}{t(`first.theme.${theme}`)}</button>
            ))}
          </div>
        </header>
        <section className="first-box">
          <div className="first-language">
            <span className="column-n" aria-hidden="true">1</span><h2>Idioma / Language</h2>
            <div className="segments" role="group" aria-label="Idioma / Language">
              {LANGUAGES.map((each) => <button key={each.lang} type="button" lang={each.lang} data-testid={`first-run-${each.lang}`} aria-pressed={lang === each.lang} onClick={() => { setChosen(each.lang); set.mutate({ lang: each.lang }); }}>{each.name}</button>)}
            </div>
            <span className="quiet">{t('first.anyTime')}</span>
          </div>
          {withStart ? (
            <div className="first-start">
              <h2><span className="column-n" aria-hidden="true">2</span>{t('first.start')}</h2>
              <div className="first-choices">
                <div className="choice best">
                  <h3><IconSchool size={18} stroke={1.75} aria-hidden="true" />{t('first.tryPractice')}</h3>
                  <p>{t('first.tryPracticeBody')}</p>
                  <ul>{(['noKeys', 'soon', 'carry'] as const).map((each) => <li key={each}><IconCheck size={15} stroke={2} aria-hidden="true" />{t(`first.practice.${each}`)}</li>)}</ul>
                  <MiniDeck />
                  <Button fullWidth size="md" h={34} data-testid="try-practice" disabled={practice.isPending} onClick={() => keep(() => practice.mutate({}))} autoFocus rightSection={practice.isPending ? <Loader size={14} color="currentColor" /> : <kbd>↵</kbd>}>
                    {practice.isPending ? t('first.starting') : t('first.openPractice')}
                  </Button>
                </div>
                <div className="choice">
                  <h3><IconBrandX size={18} stroke={1.75} aria-hidden="true" />{t('first.connect')}</h3>
                  <p>{t('first.connectBody')}</p>
                  <table className="plain"><thead><tr><th>{t('first.charges')}</th><th>USD</th></tr></thead><tbody>{prices.map(([what, usd]) => <tr key={what}><td>{what}</td><td>{usd}</td></tr>)}<tr><td><b>{t('first.cap')}</b></td><td><b>{t('first.capBy', { usd: format.usd(PROPOSED_CAP) })}</b></td></tr></tbody></table>
                  <ul className="quiet">
                    <li><IconClock size={15} stroke={1.75} aria-hidden="true" />{t('first.connecting.time')}</li><li><IconLink size={15} stroke={1.75} aria-hidden="true" />{t('first.connecting.addresses')}</li><li><IconKey size={15} stroke={1.75} aria-hidden="true" />{t('first.connecting.test')}</li>
                  </ul>
                  <Button fullWidth size="md" h={34} variant="default" data-testid="connect-x" onClick={() => keep(() => openWizard({ wizardOpen: true }))} rightSection={<IconArrowRight size={15} stroke={1.75} />}>{t('first.begin')}</Button>
                </div>
              </div>
              {practice.error ? <ErrorNote>{words(practice.error)}</ErrorNote> : null}
            </div>
          ) : null}
        </section>
        <RestoreNote it={copies} />
        <footer className="quiet">{withStart ? <OpenCopy it={copies} variant="transparent" size="compact-sm" px={0} onFound={setCopy}>{t('first.openCopy')}</OpenCopy> : null}<span className="grow">{t('first.pricesOf', { day: format.fullDate(PRICES.asOf) })}</span>{info ? `Parrilla ${info.version}` : ''}</footer>
        <RestoreDialog it={copies} copy={copy} onClose={() => setCopy(null)} />
      </div>
    </main>
  );
}
