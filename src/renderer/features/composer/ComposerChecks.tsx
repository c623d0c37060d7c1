import { IconAlertCircle, IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Check } from './checks.ts';

const SIGNS = { ok: IconCheck, warn: IconAlertTriangle, stops: IconAlertCircle };
/** More do not fit beside the keys; what stops comes first. */
const SHOWN = 3;

/** What was looked at before it goes out, in one row over the acts (LOOK, 03). */
export function ComposerChecks({ checks, keys }: { checks: readonly Check[]; /** What Ctrl Enter does now. */ keys: string }) {
  const { t } = useTranslation();
  return (
    <div className="composer-checks" data-testid="composer-checks" role="status">
      {checks.slice(0, SHOWN).map(({ level, code, params }) => {
        const Sign = SIGNS[level];
        return <span key={code + String(params?.['n'] ?? '')} className={level} data-check={code}><Sign size={13} stroke={2} aria-hidden="true" />{t(`composer.check.${code}`, params ?? {})}</span>;
      })}
      <span className="grow" />
      <span className="quiet nowrap">{keys}</span>
    </div>
  );
}
