import { IconAlertCircle, IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import { type StyleFinding, styleFindings } from '../../../shared/domain/houseStyle.ts';

/** What an answer does not keep to of the account's house style; nothing while it is empty. */
export const answerFindings = (account: Account, text: string): StyleFinding[] => (text.trim() === '' ? [] : styleFindings({ kind: 'reply', texts: [text], tier: '', counts: false }, account.style));

/** The first of it in words; a missing signature is put in by one press. */
export function StyleNote({ account, findings, onSign }: { account: Account; findings: readonly StyleFinding[]; onSign: () => void }) {
  const { t } = useTranslation();
  const [first] = findings;
  if (!first) return null;
  const { stops, signature } = account.style;
  const Sign = stops ? IconAlertCircle : IconAlertTriangle;
  return (
    <p className={stops ? 'reply-style stops' : 'reply-style'} role="status" data-testid="reply-style">
      <Sign size={13} stroke={2} aria-hidden="true" />{t(`composer.check.style_${first.code}`, first.params)}
      {first.code === 'signature' ? <button type="button" className="link-button" data-testid="reply-sign" onClick={onSign}>{t('inbox.sign', { signature })}</button> : null}
    </p>
  );
}
