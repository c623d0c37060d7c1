import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InboxSettings } from '../../../../shared/contract/inbox.ts';
import type { CaseKind } from '../../../../shared/domain/inbox.ts';
import { answerDueAt } from '../../../../shared/domain/responseClock.ts';
import type { Format } from '../../../ui/format.ts';
import { minutesOf } from './forms.ts';

const KINDS: readonly CaseKind[] = ['complaint', 'question', 'lead', 'praise', 'other'];

/** One kind: its minutes are kept when the field is left or by Enter; what is no number stays there, said as such. */
function KindRow({ kind, minutes, due, onChange }: { kind: CaseKind; minutes: number | null; due: string; onChange: (minutes: number | null) => void }) {
  const { t } = useTranslation();
  const written = minutes === null ? '' : String(minutes);
  const [text, setText] = useState(written);
  useEffect(() => setText(written), [written]);
  const read = minutesOf(text);
  const wrong = read === undefined;
  return (
    <tr>
      <th scope="row">{t(`inbox.kind.${kind}`)}</th>
      <td>
        <TextInput
          w={96} inputMode="numeric" aria-label={`${t('inboxSettings.clock.within')}: ${t(`inbox.kind.${kind}`)}`} placeholder={t('inboxSettings.clock.none')} value={text} maxLength={7} error={wrong} aria-describedby={wrong ? `minutes-wrong-${kind}` : undefined} data-testid={`minutes-${kind}`}
          onChange={(event) => setText(event.currentTarget.value)}
          onBlur={() => {
            if (wrong) return;
            setText(read === null ? '' : String(read));
            if (read !== minutes) onChange(read);
          }}
          onKeyDown={(event) => { if (event.key === 'Enter') event.currentTarget.blur(); }}
        />
      </td>
      <td data-testid={`due-${kind}`}>{wrong ? <span className="field-wrong" role="alert" id={`minutes-wrong-${kind}`}>{t('inboxSettings.clock.wrongMinutes')}</span> : <span className="quiet">{due}</span>}</td>
    </tr>
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
            return <KindRow key={kind} kind={kind} minutes={settings.minutes[kind]} due={due === null ? t('inboxSettings.clock.none') : format.when(due)} onChange={(minutes) => onChange(kind, minutes)} />;
          })}
        </tbody>
      </table>
      <div className="clock-foot"><span className="quiet">{t('inboxSettings.clock.minutesHint')}</span></div>
    </>
  );
}
