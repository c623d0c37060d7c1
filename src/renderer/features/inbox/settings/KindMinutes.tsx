import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InboxSettings } from '../../../../shared/contract/inbox.ts';
import type { CaseKind } from '../../../../shared/domain/inbox.ts';
import { answerDueAt } from '../../../../shared/domain/responseClock.ts';
import type { Format } from '../../../ui/format.ts';
import { minutesOf } from './forms.ts';

const KINDS: readonly CaseKind[] = ['complaint', 'question', 'lead', 'praise', 'other'];

/** Minutes of one kind: kept when the field is left or by Enter; what is no number stays there, said as such. */
function MinutesField({ kind, minutes, onChange }: { kind: CaseKind; minutes: number | null; onChange: (minutes: number | null) => void }) {
  const { t } = useTranslation();
  const written = minutes === null ? '' : String(minutes);
  const [text, setText] = useState(written);
  useEffect(() => setText(written), [written]);
  const read = minutesOf(text);
  return (
    <TextInput
      w={96} inputMode="numeric" aria-label={`${t('inboxSettings.clock.within')}: ${t(`inbox.kind.${kind}`)}`} placeholder={t('inboxSettings.clock.none')} value={text} maxLength={7} error={read === undefined ? t('inboxSettings.clock.wrongMinutes') : undefined} data-testid={`minutes-${kind}`}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => {
        if (read === undefined) return;
        setText(read === null ? '' : String(read));
        if (read !== minutes) onChange(read);
      }}
      onKeyDown={(event) => { if (event.key === 'Enter') event.currentTarget.blur(); }}
    />
  );
}

/** Within how many opening minutes each kind is answered, and when that would be for a message of this moment. */
export function KindMinutes({ settings, zone, format, now, onChange }: { settings: InboxSettings; zone: string; format: Format; now: number; onChange: (kind: CaseKind, minutes: number | null) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <table className="plain minutes-table" aria-label={t('inboxSettings.clock.minutes')}>
        <thead><tr><th>{t('inboxSettings.clock.kind')}</th><th>{t('inboxSettings.clock.within')}</th><th>{t('inboxSettings.clock.now')}</th></tr></thead>
        <tbody>
          {KINDS.map((kind) => {
            const due = answerDueAt(now, settings.minutes[kind], settings.office, zone);
            return (
              <tr key={kind}>
                <th scope="row">{t(`inbox.kind.${kind}`)}</th>
                <td><MinutesField kind={kind} minutes={settings.minutes[kind]} onChange={(minutes) => onChange(kind, minutes)} /></td>
                <td className="quiet" data-testid={`due-${kind}`}>{due === null ? t('inboxSettings.clock.none') : format.when(due)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <div className="clock-foot"><span className="quiet">{t('inboxSettings.clock.minutesHint')}</span></div>
    </>
  );
}
