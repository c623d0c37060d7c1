import { ActionIcon, Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy, IconDatabase, IconFileImport, IconHistory, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupData } from '../../../shared/contract/backups.ts';
import { EmptyState } from '../../ui/bits.tsx';
import { useFormat } from '../../ui/format.ts';
import { useNow } from '../../ui/useNow.ts';
import { OpenCopy } from './OpenCopy.tsx';
import { RestoreDialog } from './RestoreDialog.tsx';
import { RestoreNote } from './RestoreNote.tsx';
import { useCopies } from './useCopies.ts';

const MB = 1_000_000;

/** Copies of everything: made each day, made now, opened at the next start; where they lie, and how long what is read is kept. */
export function BackupsSettings() {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const it = useCopies();
  const [chosen, setChosen] = useState<BackupData | null>(null);
  if (!it.list) return null;
  const { copies, folder } = it.list;
  return (
    <>
      <div className="settings-head">
        <h1 className="grow">{t('settings.section.data')}</h1>
        <OpenCopy it={it} variant="default" leftSection={<IconFileImport size={15} stroke={1.75} />} onFound={setChosen}>{t('settings.backups.fromFile')}</OpenCopy>
        <Button leftSection={<IconPlus size={15} stroke={1.75} />} loading={it.busy === 'make'} disabled={it.busy !== null} onClick={() => void it.make()} data-testid="copy-make">{t('settings.backups.make')}</Button>
      </div>
      <RestoreNote it={it} />
      <section className="card" data-testid="copies-card">
        <header><div className="grow"><h2>{t('settings.backups.title')}</h2><div className="quiet">{t('settings.backups.hint')}</div></div></header>
        {copies.length === 0 ? <EmptyState icon={IconDatabase} title={t('settings.backups.none')} body={t('settings.backups.noneBody')} /> : (
          <table className="plain copies-table">
            <thead><tr><th>{t('settings.backups.made')}</th><th className="number">{t('settings.backups.size')}</th><th aria-label={t('settings.backups.open')} /></tr></thead>
            <tbody>
              {copies.map((copy) => (
                <tr key={copy.name} data-testid="copy-row" title={copy.name}>
                  <td><b>{format.day(copy.at)}</b> {format.time(copy.at)} <span className="quiet">{t('settings.backups.agoIs', { span: format.ago(copy.at, now) })}</span>{it.wished?.name === copy.name ? <span className="tag line">{t('settings.backups.isWished')}</span> : null}</td>
                  <td className="number">{format.number(Math.max(0.1, Math.round((copy.bytes / MB) * 10) / 10))} MB</td>
                  <td className="number"><Button size="compact-sm" variant="default" leftSection={<IconHistory size={14} stroke={1.75} />} disabled={it.busy !== null || it.wished?.name === copy.name} onClick={() => setChosen(copy)} data-testid="copy-restore">{t('settings.backups.open')}</Button></td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
      <section className="card">
        <header>
          <div className="grow"><h2>{t('settings.backups.where')}</h2><code className="copies-folder">{folder}</code><div className="quiet">{t('settings.backups.whereHint')}</div></div>
          <CopyButton value={folder}>{({ copied, copy }) => <ActionIcon size={28} aria-label={t('accounts.copy')} title={t('accounts.copy')} onClick={copy}>{copied ? <IconCheck size={15} stroke={1.75} /> : <IconCopy size={15} stroke={1.75} />}</ActionIcon>}</CopyButton>
        </header>
        <table className="plain"><tbody>
          {(['own', 'others', 'removed', 'tokens'] as const).map((each) => <tr key={each}><td className="nowrap"><b>{t(`settings.backups.keeps.${each}`)}</b></td><td>{t(`settings.backups.keeps.${each}Body`)}</td></tr>)}
        </tbody></table>
      </section>
      <RestoreDialog it={it} copy={chosen} onClose={() => setChosen(null)} />
    </>
  );
}
