import '../../styles/library.css';
import { ActionIcon, Button } from '@mantine/core';
import { IconBooks, IconCalendarOff, IconChevronLeft, IconKeyboard, IconRefresh } from '@tabler/icons-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VListHandle } from 'virtua';
import type { Account } from '../../../shared/contract/accounts.ts';
import { useView } from '../../app/viewStore.ts';
import { Key, useKeyOf } from '../../hotkeys/Key.tsx';
import { useKeys } from '../../hotkeys/keys.ts';
import { EmptyState, ErrorNote } from '../../ui/bits.tsx';
import { useSoonFocus } from '../../ui/useSoonFocus.ts';
import { useErrorWords, useToast } from '../../ui/useToast.tsx';
import { useItemWords } from '../library/useItemWords.ts';
import type { Line } from './fillLines.ts';
import { FillRows } from './FillRows.tsx';
import { FillSide } from './FillSide.tsx';
import type { Kit } from './kit.ts';
import { useFill } from './useFill.ts';

/** Who is on a button or in a field means that by Enter. */
const ACTS = 'button, a, input, textarea, select';
type Slot = Exclude<Line, { kind: 'day' }>;

/**
 * What filling these days from the template would place where, and why that, before anything is planned: drafts first, then
 * the library. Every choice can be changed; one act plans it all, one undo takes it back (DOMAIN §3, Fill; LOOK, 09 Fill).
 */
export function FillPage({ account, kit, from, to, title, onClose: close }: { account: Account; kit: Kit; from: string; to: string; title: string; onClose: () => void }) {
  const { t, format } = kit;
  const { i18n } = useTranslation();
  const toast = useToast();
  const words = useErrorWords();
  const keyOf = useKeyOf();
  const go = useView((state) => state.go);
  const { score } = useItemWords(account, format);
  const fill = useFill(account, from, to);
  const { preview, lines } = fill;
  const onClose = (): void => {
    fill.forget();
    close();
  };
  const [chosen, setChosen] = useState<string | null>(null);
  const [choosing, setChoosing] = useState(false);
  const list = useRef<VListHandle>(null);
  const page = useRef<HTMLDivElement>(null);
  const slots = lines.filter((each): each is Slot => each.kind !== 'day');
  const line = slots.find((each) => each.wall === chosen) ?? slots[0] ?? null;
  const why = useCallback((reason: { code: string; params: Record<string, string | number | boolean> }, free = false): string => {
    const { wall, tier } = reason.params;
    const told = typeof wall === 'string' ? { code: reason.code, params: { ...reason.params, wall: wall.replace('T', ' ') } } : reason;
    const key = `fill.why.${reason.code}`;
    // What keeps a draft out is worded as everywhere.
    if (!free || !i18n.exists(key)) return kit.reason(told);
    return t(key as 'fill.why.by_hand', { ...told.params, ...(typeof tier === 'string' ? { tier: kit.name(tier) } : {}), base: kit.name(kit.policy.base) });
  }, [i18n, kit, t]);

  const focusOn = useSoonFocus(page);
  const focusLine = (wall: string): void => focusOn(`.fill-line[data-wall="${wall}"]`);
  const step = (by: 1 | -1) => (): boolean => {
    const at = line ? slots.indexOf(line) : -1;
    const here = chosen === null && !page.current?.querySelector('.fill-line:focus') ? 0 : Math.min(slots.length - 1, Math.max(0, at + by));
    const next = slots[here];
    if (!next) return true;
    setChosen(next.wall);
    setChoosing(false);
    list.current?.scrollToIndex(lines.indexOf(next), { align: 'nearest' });
    focusLine(next.wall);
    return true;
  };
  const change = useCallback((wall: string): void => { setChosen(wall); setChoosing(true); }, []);
  const choose = useCallback((wall: string): void => { setChosen(wall); setChoosing(false); }, []);
  const back = (): void => {
    setChoosing(false);
    if (line) focusLine(line.wall);
  };
  const placed = preview?.rows.length ?? 0;
  const carry = (): void => {
    if (placed === 0 || !fill.current || fill.busy) return;
    fill.carry().then(({ placed: count, undoId }) => {
      toast.done(t('calendar.fill.done', { count }), { undoId });
      onClose();
    }, toast.failed);
  };
  const onLine = (run: (wall: string) => void) => (): boolean => {
    if (line) run(line.wall);
    return true;
  };
  useKeys({
    j: step(1), k: step(-1), ArrowDown: step(1), ArrowUp: step(-1),
    x: onLine((wall) => { setChosen(wall); fill.takeOut(wall); }),
    s: onLine((wall) => { setChosen(wall); fill.keep(wall); }),
    Enter: (event) => {
      if (event.target instanceof Element && event.target.closest(ACTS)) return false;
      return onLine(change)();
    },
    'Mod+Enter': () => {
      if (document.activeElement?.closest('.dock')) return false;
      carry();
      return true;
    },
    Escape: () => {
      if (document.activeElement?.closest('.dock')) return false;
      if (choosing) back();
      else onClose();
      return true;
    },
  });
  // As a dialog does: who opened it has the keys again once it is closed.
  const [opener] = useState(() => document.activeElement);
  useEffect(() => {
    page.current?.focus();
    return () => {
      if (opener instanceof HTMLElement && opener !== document.body && opener.isConnected) opener.focus({ preventScroll: true });
      else document.getElementById('main')?.focus({ preventScroll: true });
    };
  }, [opener]);
  const nothing = preview !== undefined && slots.length === 0;
  const bareLibrary = preview !== undefined && placed === 0 && slots.length > 0;
  return (
    <div className="fill-page" ref={page} tabIndex={-1} data-testid="fill">
      <div className="cal-bar">
        <ActionIcon aria-label={t('fill.back')} title={t('fill.back')} data-testid="fill-back" onClick={onClose}><IconChevronLeft size={16} /></ActionIcon>
        <h1>{title}</h1>
        <span className="quiet clip" aria-live="polite">{preview ? t('fill.slots', { count: preview.slots }) : ''}</span>
        <span className="grow" />
        <span className="quiet nowrap" data-testid="fill-seed">{t('fill.seed', { n: String(fill.seed).padStart(4, '0') })}</span>
        <Button variant="default" leftSection={<IconRefresh size={14} stroke={1.75} />} data-testid="fill-another" disabled={nothing} onClick={() => { fill.another(); if (line) focusLine(line.wall); }}>{t('fill.another')}</Button>
        <Button variant="default" data-testid="fill-discard" onClick={onClose}>{t('fill.discard')}</Button>
        <Button loading={fill.busy} disabled={placed === 0 || !fill.current} data-testid="fill-do" onClick={carry}>{preview && placed > 0 ? t('calendar.fill.act', { count: placed, usd: format.usd(Math.round(preview.usd * 100) / 100) }) : t('fill.nothingToPlan')}</Button>
      </div>
      {fill.error ? <ErrorNote>{words(fill.error)}</ErrorNote> : null}
      {nothing ? <EmptyState icon={IconCalendarOff} title={t('calendar.fill.noSlots')} body={t('calendar.fill.noSlotsBody')} /> : null}
      {preview && !nothing ? (
        <div className="fill-body">
          <div className="fill-main">
            {bareLibrary ? <p className="fill-bare" role="status"><IconBooks size={15} stroke={1.75} aria-hidden="true" /> {t('fill.bare')} <button type="button" className="link-button" onClick={() => { onClose(); go('library'); }}>{t('fill.toLibrary')}</button></p> : null}
            <FillRows kit={kit} score={score} why={why} lines={lines} picks={fill.picks} chosen={line?.wall ?? null} list={list} onChoose={choose} onChange={change} />
            <p className="fill-keys"><IconKeyboard size={14} stroke={1.75} aria-hidden="true" /> <Key of="j" /> <Key of="k" /> {t('fill.keys.step')} · <Key of="Enter" /> {t('fill.keys.change')} · <Key of="x" /> {t('fill.keys.out')} · <Key of="s" /> {t('fill.keys.keep')} · <kbd>{keyOf('Mod+Enter')}</kbd> {t('fill.keys.plan')} · {t('fill.keys.undo')}</p>
          </div>
          <FillSide account={account} kit={kit} score={score} why={why} fill={fill} preview={preview} line={line} choosing={choosing} onChange={change} onPicked={(itemId) => { if (line) fill.put(line.wall, itemId); back(); }} />
        </div>
      ) : null}
    </div>
  );
}
