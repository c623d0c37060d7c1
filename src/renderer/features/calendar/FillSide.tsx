import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Account } from '../../../shared/contract/accounts.ts';
import { publishUsd } from '../../../shared/domain/price.ts';
import { linksOf } from '../../../shared/domain/text.ts';
import { wallToInstant } from '../../../shared/domain/time.ts';
import { useView } from '../../app/viewStore.ts';
import { Key } from '../../hotkeys/Key.tsx';
import { useRpcQuery } from '../../rpc/hooks.ts';
import { TierBadge } from '../../ui/bits.tsx';
import { ItemPicker } from '../library/ItemPicker.tsx';
import { type FillPreview, type Line, type Term, tierCounts } from './fillLines.ts';
import type { Kit } from './kit.ts';
import type { Fill } from './useFill.ts';

/** So many free slots are seen in their rows. */
const FEW = 5;
type Reason = FillPreview['left'][number]['reason'];
interface Words {
  kit: Kit;
  score: (n: number) => string;
  why: (reason: Reason, /** Of a slot that stays free. */ free?: boolean) => string;
}

/** How full the days are, by tier, and what of it the ratio left out. */
function Sum({ kit, why, preview }: Words & { preview: FillPreview }) {
  const { t, format } = kit;
  const counts = tierCounts(preview, kit.policy.tiers.map((tier) => tier.key));
  const filled = preview.rows.length;
  const free = preview.slots - filled;
  // Where many stay free, nobody reads every row.
  const reasons = [...new Set(preview.unfilled.map((each) => each.reason.code))].flatMap((code) => {
    const own = preview.unfilled.filter((each) => each.reason.code === code);
    return own[0] ? [{ code, count: own.length, words: why(own[0].reason, true) }] : [];
  }).sort((a, b) => b.count - a.count);
  const out = preview.left.filter((each) => each.reason.code === 'ratio');
  return (
    <section data-testid="fill-summary">
      <h2>{t('fill.of', { filled: format.number(filled), slots: format.number(preview.slots) })}</h2>
      <p>{free === 0 ? t('fill.allFull') : t('fill.stayFree', { count: free })}</p>
      <div className="fill-share" aria-hidden="true">{counts.map(({ tier, filled: n }) => (n === 0 ? null : <i key={tier} data-tier={kit.color(tier)} style={{ flexGrow: n }} />))}{free > 0 ? <i className="rest" style={{ flexGrow: free }} /> : null}</div>
      <p className="fill-counts">{counts.map(({ tier, filled: n, slots }) => (slots === 0 ? null : <span key={tier} title={kit.name(tier)}><b data-tier={kit.color(tier)}>{kit.letter(tier)}</b> {n === slots ? format.number(n) : t('fill.of', { filled: format.number(n), slots: format.number(slots) })}</span>))}</p>
      {reasons.length > 0 && free > FEW ? <ul className="fill-reasons">{reasons.map(({ code, words, count }) => <li key={code}><b>{format.number(count)}:</b> {words}</li>)}</ul> : null}
      {out.length > 0 ? (
        <div className="fill-warn" role="status" data-testid="fill-ratio"><IconAlertTriangle size={15} stroke={1.75} aria-hidden="true" /><p><b>{out.every((each) => each.tier === out[0]?.tier) ? t('fill.ratioOutOf', { count: out.length, tier: kit.name(out[0]?.tier ?? '') }) : t('fill.ratioOut', { count: out.length })}</b> {t('fill.ratioWhy', { why: out[0] ? why(out[0].reason) : '' })} {t('fill.ratioBack', { base: kit.name(kit.policy.base) })}</p></div>
      ) : null}
    </section>
  );
}

/** The line that is looked at: its terms in words, who came after it, and what can be done. */
function Chosen({ account, kit, score, why, line, fill, onChange }: Words & { account: Account; line: Exclude<Line, { kind: 'day' }>; fill: Fill; onChange: (wall: string) => void }) {
  const { t, format } = kit;
  const openComposer = useView((state) => state.openComposer);
  const time = line.wall.slice(11);
  const pick = fill.picks.get(line.wall);
  const passed = fill.current && typeof pick === 'string' && !(line.kind === 'row' && line.row.item?.id === pick) ? <p className="fill-passed" role="status">{t('fill.passedOver')}</p> : null;
  if (line.kind === 'free') {
    return (
      <section data-testid="fill-chosen">
        <h3>{t('fill.chosenRow')} <span>{time}</span></h3>
        <p className="fill-name"><TierBadge policy={account.policy} tier={line.free.tier} hollow /> {t('fill.freeSlot', { theme: line.free.theme === '' ? kit.name(line.free.tier) : line.free.theme })}</p>
        <p className="fill-says">{why(line.free.reason, true)}</p>
        {passed}
        <div className="fill-acts"><Button size="compact-xs" variant="default" rightSection={<Key of="Enter" />} onClick={() => onChange(line.wall)}>{t('fill.chooseOne')}</Button>{line.byHand ? <Button size="compact-xs" variant="default" rightSection={<Key of="x" />} onClick={() => fill.takeOut(line.wall)}>{t('fill.fillAgain')}</Button> : null}</div>
      </section>
    );
  }
  const { row } = line;
  const pinned = row.item !== null && pick === row.item.id;
  const acts = (
    <div className="fill-acts">
      <Button size="compact-xs" variant="default" rightSection={<Key of="Enter" />} data-testid="fill-change" onClick={() => onChange(line.wall)}>{t('fill.change')}</Button>
      {row.item ? <Button size="compact-xs" variant="default" rightSection={<Key of="s" />} aria-pressed={pinned} data-testid="fill-keep" onClick={() => fill.keep(line.wall)}>{t(pinned ? 'fill.unkeep' : 'fill.keep')}</Button> : <Button size="compact-xs" variant="default" onClick={() => openComposer({ kind: 'edit', id: row.id })}>{t('library.open')}</Button>}
      <Button size="compact-xs" variant="default" rightSection={<Key of="x" />} data-testid="fill-take-out" onClick={() => fill.takeOut(line.wall)}>{t('fill.takeOut')}</Button>
    </div>
  );
  if (!row.item) {
    return (
      <section data-testid="fill-chosen">
        <h3>{t('fill.chosenRow')} <span>{time}</span></h3>
        <p className="fill-name" dir="auto"><TierBadge policy={account.policy} tier={row.tier} hollow /> {kit.t('fill.draft')}</p>
        <p className="fill-text-whole" dir="auto">{row.text.trim() === '' ? t('calendar.noText') : row.text}</p>
        {passed}
        {acts}
      </section>
    );
  }
  const { item } = row;
  const said: readonly { key: Term; words: string }[] = [
    { key: 'freshness', words: item.ageDays === null ? t('fill.says.noAge') : t('fill.says.age', { count: Math.round(item.ageDays) }) },
    { key: 'performance', words: t('fill.says.performance') },
    { key: 'rest', words: item.restDays === null ? t('fill.says.never') : t('fill.says.rest', { count: Math.round(item.restDays) }) },
    { key: 'campaign', words: item.campaign === null ? t('fill.says.noCampaign') : t(item.campaign.inside ? 'fill.says.inside' : 'fill.says.outside', { name: item.campaign.name }) },
    { key: 'similarity', words: item.like === null ? t('fill.says.unlike') : t('fill.says.like', { percent: Math.round(item.like.percent), when: item.like.wall.slice(0, 10) === line.wall.slice(0, 10) ? item.like.wall.slice(11) : `${format.dayShort(item.like.wall.slice(0, 10)).replace(',', '')} ${item.like.wall.slice(11)}` }) },
  ];
  return (
    <section data-testid="fill-chosen">
      <h3>{t('fill.chosenRow')} <span>{time}</span></h3>
      <p className="fill-name" dir="auto">{item.title}</p>
      <table className="fill-terms"><tbody>{said.map(({ key, words }) => <tr key={key}><th scope="row">{t(`fill.term.${key}`)}</th><td className="quiet">{words}</td><td className="right"><b>{score(item.score[key])}</b></td></tr>)}</tbody></table>
      {passed}
      {acts}
      {item.rivals.length > 0 ? (
        <>
          <h3>{t('fill.rivals')}</h3>
          <ul className="fill-rivals">{item.rivals.map((rival) => <li key={rival.id}><span className="clip" dir="auto" title={rival.title}>{rival.title}</span><b>{score(rival.total)}</b><button type="button" className="link-button" aria-label={t('fill.putThis', { title: rival.title })} data-testid="fill-rival" onClick={() => fill.put(line.wall, rival.id)}>{t('fill.put')}</button></li>)}</ul>
        </>
      ) : null}
    </section>
  );
}

/** Drafts that find no slot, with the reason; what was taken out can be put back. */
function Left({ kit, why, left, fill }: Words & { left: FillPreview['left']; fill: Fill }) {
  const { t, format } = kit;
  if (left.length === 0) return null;
  return (
    <section aria-label={t('fill.left')}>
      <h3>{t('fill.left')} <span>{format.number(left.length)}</span></h3>
      <ul className="fill-left">
        {left.map((each) => (
          <li key={each.id} data-testid="fill-left" data-code={each.reason.code}>
            <TierBadge policy={kit.policy} tier={each.tier} hollow /><span><span className="clip" dir="auto">{each.text.replace(/\s+/g, ' ').slice(0, 120) || t('calendar.noText')}</span><span className="quiet">{why(each.reason)}</span></span>
            {each.reason.code === 'left_out' ? <button type="button" className="link-button" data-testid="fill-put-back" onClick={() => fill.putBack(each.id)}>{t('fill.putBack')}</button> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What these posts cost, and what the same would by hand (DOMAIN §4, hand-off). */
function Cost({ account, kit, preview, oneDay }: { account: Account; kit: Kit; preview: FillPreview; oneDay: boolean }) {
  const { t, format } = kit;
  const toCents = (usd: number): string => format.usd(Math.round(usd * 100) / 100);
  const month = useRpcQuery('money.month', { accountId: account.id }).data;
  const byHand = useMemo(() => preview.rows.reduce((sum, row) => sum + (linksOf(row.text).length > 0 ? 0 : publishUsd(row.text)), 0), [preview.rows]);
  // What goes out after it is of another month's cap; X counts months by UTC.
  const ofMonth = month ? preview.rows.reduce((sum, row) => sum + (new Date(wallToInstant(row.wall, account.zone)).toISOString().startsWith(month.month) ? publishUsd(row.text) : 0), 0) : 0;
  return (
    <section>
      <dl className="fill-cost">
        <div><dt>{t(oneDay ? 'fill.cost.day' : 'fill.cost.days')}</dt><dd><b>{toCents(preview.usd)}</b></dd></div>
        <div><dt>{t('fill.cost.byHand')}</dt><dd>{toCents(byHand)}</dd></div>
        {month ? <div><dt>{t('fill.cost.month')}</dt><dd>{toCents(month.spentHigh + month.reserveUsd + ofMonth)}</dd></div> : null}
      </dl>
    </section>
  );
}

/** Beside the table: the sum, the line that is looked at or the choice for it, what stays out, the price (LOOK, 09 Fill). */
export function FillSide({ account, fill, preview, line, choosing, onChange, onPicked, ...words }: Words & { account: Account; fill: Fill; preview: FillPreview; line: Exclude<Line, { kind: 'day' }> | null; choosing: boolean; onChange: (wall: string) => void; onPicked: (itemId: string) => void }) {
  const { t, format } = words.kit;
  const used = useMemo(() => new Map(preview.rows.flatMap((row) => (row.item ? [[row.item.id, t('fill.usedAt', { when: fill.days.length < 2 ? row.wall.slice(11) : `${format.dayShort(row.wall.slice(0, 10)).replace(',', '')} ${row.wall.slice(11)}` })] as const] : []))), [preview.rows, fill.days.length, format, t]);
  if (choosing && line) {
    const { tier, theme } = line.kind === 'free' ? line.free : line.row;
    const label = t('fill.choosing', { time: line.wall.slice(11), tier: words.kit.name(tier) });
    return <aside className="fill-side choosing" aria-label={label}><h3>{label}</h3><ItemPicker account={account} tier={tier} theme={theme} currentId={line.kind === 'row' ? (line.row.item?.id ?? null) : null} used={used} label={label} onPick={(item) => onPicked(item.id)} /></aside>;
  }
  return (
    <aside className="fill-side" aria-label={t('fill.side')}>
      <Sum {...words} preview={preview} />
      {line ? <Chosen {...words} account={account} line={line} fill={fill} onChange={onChange} /> : null}
      <Left {...words} left={preview.left} fill={fill} />
      <Cost account={account} kit={words.kit} preview={preview} oneDay={fill.days.length < 2} />
    </aside>
  );
}
