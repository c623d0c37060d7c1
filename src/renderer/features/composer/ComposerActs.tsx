import { ActionIcon, Button } from '@mantine/core';
import { IconCalendarOff, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { useComposer } from './useComposer.ts';

interface Props {
  it: ReturnType<typeof useComposer>;
  account: Account;
  /** The chosen time, epoch ms; null while it is half typed. */
  when: number | null;
  /** The text holds a link, which has its own price. */
  link: boolean;
  /** An answer or a repost, which is wanted now. */
  atOnce: boolean;
}

/** What it costs, and the acts: a planned post is saved where it stands, or moved once another time is chosen. */
export function ComposerActs({ it, account, when, link, atOnce }: Props) {
  const { t } = useTranslation();
  const { format, state, scheduled } = it;
  const usd = format.usd(it.usd);
  const practice = account.network === 'practice';
  const now = state.kind === 'reply' ? t('composer.replyNow') : state.kind === 'repost' ? t('composer.repostNow') : t('composer.send');
  const clock = when === null ? '' : format.isToday(when, Date.now()) ? format.time(when) : format.when(when);
  return (
    <footer className="composer-acts">
      <div data-testid="price" className="composer-price"><b>{usd}</b><div className="quiet">{link ? t('composer.priceLink') : t('composer.price')}{practice ? ` · ${t('composer.pricePractice')}` : ''}</div></div>
      <span className="grow" />
      <ActionIcon size={28} aria-label={t('composer.delete')} title={t('composer.delete')} data-testid="composer-delete" onClick={() => void it.remove()}><IconTrash size={16} stroke={1.75} /></ActionIcon>
      {scheduled ? <ActionIcon size={28} aria-label={t('composer.unschedule')} title={t('composer.unschedule')} data-testid="composer-unschedule" disabled={it.busy} onClick={() => void it.unschedule()}><IconCalendarOff size={16} stroke={1.75} /></ActionIcon> : null}
      <Button {...(atOnce && !scheduled ? {} : { variant: 'default' })} data-testid="composer-send" disabled={it.blocked} loading={it.busy} onClick={it.send}>{now}</Button>
      {(scheduled || it.changed) && !it.moved ? (
        <Button data-testid="composer-save" disabled={it.blocked} loading={it.busy} onClick={() => void it.save()} title="Ctrl ↵">{t('composer.save')}</Button>
      ) : (
        <Button {...(atOnce && !scheduled ? { variant: 'default' } : {})} data-testid="composer-schedule" disabled={it.blocked || when === null || when <= Date.now()} loading={it.busy} onClick={it.schedule} title="Ctrl ↵">
          {when === null ? t('composer.schedule') : t(scheduled ? 'composer.moveTo' : 'composer.scheduleAt', { when: clock })}
        </Button>
      )}
    </footer>
  );
}
