import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useDeferredValue, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { applyEdit, buildIndex, checkTemplate, repair, violations } from '../../../shared/domain/ratio/index.ts';
import { templateRule } from '../../../shared/domain/template.ts';
import type { RatioPolicy } from '../../../shared/domain/types.ts';
import { useFormat } from '../../ui/format.ts';
import { useViolationWords } from '../calendar/words.ts';

/** "1 intercambio y 20 entradas a Pendientes". */
export function repairWords(t: ReturnType<typeof useTranslation>['t'], { exchanges, toTray }: { exchanges: number; toTray: number }): string {
  return [exchanges > 0 ? t('settings.effect.exchanges', { count: exchanges }) : '', toTray > 0 ? t('settings.effect.toTray', { count: toTray }) : ''].filter((each) => each !== '').join(', ');
}

type Context = OutputOf<'planning.context'>;
const SHOWN = 4;

/** What a rule would say of the plan as it stands. */
export interface Effect {
  broken: ReturnType<typeof violations>;
  exchanges: number;
  toTray: number;
  /** What no repair can mend. */
  left: number;
  template: number;
}
/** Worked out from the same rule as everywhere; null without a whole policy or a plan. */
export function useEffectOf(policy: RatioPolicy | null, context: Context | undefined): Effect | null {
  const tried = useDeferredValue(policy);
  return useMemo(() => {
    if (!tried || !context) return null;
    const index = buildIndex({ policy: tried, zone: context.zone, now: Math.max(context.now, Date.now()), units: context.units, ...templateRule(context.template) });
    const broken = violations(index);
    const mended = broken.length > 0 ? repair(index) : null;
    return { broken, exchanges: mended?.exchanges.length ?? 0, toTray: mended?.toTray.length ?? 0, left: mended ? violations(applyEdit(index, mended.edit)).length : 0, template: context.template && tried.mode !== 'off' ? checkTemplate(tried, context.template.days, context.template.period).breaks.length : 0 };
  }, [tried, context]);
}

/** In words: what it breaks, how that would be repaired; or that it breaks nothing. `asked`: a rule that is not saved yet. */
export function PolicyEffect({ account, policy, effect, asked }: { account: Account; policy: RatioPolicy; effect: Effect; asked: boolean }) {
  const { t } = useTranslation();
  const format = useFormat(account.zone);
  const violation = useViolationWords(policy, format);
  const { broken, exchanges, toTray, left, template } = effect;
  if (policy.mode === 'off') return <p className="effect quiet" data-testid="policy-effect">{t('settings.effect.off')}</p>;
  const words = [...new Set(broken.map(violation))];
  return (
    <div className={broken.length > 0 ? 'effect bad' : 'effect'} role="status" data-testid="policy-effect" data-broken={broken.length}>
      {broken.length > 0 ? <IconAlertTriangle size={16} stroke={1.75} aria-hidden="true" /> : <IconCheck size={16} stroke={2} aria-hidden="true" />}
      <div>
        <b>{broken.length === 0 ? t(asked ? 'settings.effect.nothingAsked' : 'settings.effect.nothing') : t(asked ? 'settings.effect.breaksAsked' : 'settings.effect.breaks', { count: broken.length })}</b>
        {words.length > 0 ? <ul>{words.slice(0, SHOWN).map((each) => <li key={each}>{each}</li>)}{words.length > SHOWN ? <li>{t('settings.zoneMore', { count: words.length - SHOWN })}</li> : null}</ul> : null}
        {exchanges + toTray > 0 ? <div>{t('settings.effect.repair', { what: repairWords(t, { exchanges, toTray }) })}</div> : null}
        {left > 0 ? <div>{t('settings.effect.left', { count: left })}</div> : null}
        {template > 0 ? <div>{t('settings.effect.template', { count: template })}</div> : null}
      </div>
    </div>
  );
}
