import type { Icon } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RatioPolicy } from '../../shared/domain/types.ts';

/** Letter and colour of a tier, never colour alone (UX). Solid: it counts; hollow: a draft or an empty slot. */
export function TierBadge({ policy, tier, hollow = false, small = false }: { policy: RatioPolicy; tier: string; hollow?: boolean; small?: boolean }) {
  const { t, i18n } = useTranslation();
  const lang = i18n.language === 'es' ? 'es' : 'en';
  const def = policy.tiers.find((each) => each.key === tier);
  return (
    <span className={`tier${hollow ? ' hollow' : ''}${small ? ' small' : ''}`} data-tier={def?.color ?? 'none'} title={def?.name[lang] ?? t('shell.unclassified')}>
      {def?.letter[lang] ?? '?'}
    </span>
  );
}
export function tierColor(policy: RatioPolicy, tier: string): string {
  const def = policy.tiers.find((each) => each.key === tier);
  return def ? `var(--tier-${def.color})` : 'var(--ink3)';
}
export function tierLetter(policy: RatioPolicy, tier: string, lang: string): string {
  return policy.tiers.find((each) => each.key === tier)?.letter[lang === 'es' ? 'es' : 'en'] ?? '?';
}
export function tierName(policy: RatioPolicy, tier: string, lang: string): string {
  return policy.tiers.find((each) => each.key === tier)?.name[lang === 'es' ? 'es' : 'en'] ?? tier;
}
export function Avatar({ src, name, size = 32 }: { src: string | null; name: string; size?: number }) {
  // Not kept here yet, and no network to get it from: the initial stands in for it.
  const [failed, setFailed] = useState<string | null>(null);
  return (
    <span className="avatar" style={{ width: size, height: size }} aria-hidden="true">
      {src && src !== failed ? <img src={src} alt="" loading="lazy" onError={() => setFailed(src)} /> : [...name][0]}
    </span>
  );
}
export function Empty({ children }: { children: ReactNode }) {
  return <p className="quiet" style={{ padding: 16, margin: 0, textAlign: 'center' }}>{children}</p>;
}
export function ErrorNote({ children }: { children: ReactNode }) {
  return <p role="alert" style={{ color: 'light-dark(#b91c1c, #ff8a8a)', margin: 0 }}>{children}</p>;
}
/** Nothing to show: why, and the next step (UX). */
export function EmptyState({ icon: Sign, title, body, children }: { icon: Icon; title: string; body?: string; children?: ReactNode }) {
  return (
    <div className="empty-state">
      <Sign size={24} stroke={1.5} aria-hidden="true" />
      <h3>{title}</h3>
      {body ? <p>{body}</p> : null}
      {children}
    </div>
  );
}
