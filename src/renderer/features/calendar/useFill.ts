import { useEffect, useMemo, useState } from 'react';
import type { Account } from '../../../shared/contract/accounts.ts';
import { slotsOn } from '../../../shared/domain/template.ts';
import { daysBetween } from '../../../shared/domain/time.ts';
import { useRpcCommand, useRpcQuery } from '../../rpc/hooks.ts';
import { type FillPreview, type Line, linesOf, type Picks } from './fillLines.ts';

const SEEDS = 10_000;
/** The same days begin with the same proposal. */
const firstSeed = (day: string): number => Number(day.replaceAll('-', '')) % SEEDS;
/** What was settled before another screen was gone to; planned or closed, it is over. */
const unfinished = new Map<string, { seed: number; picks: Picks; stay: Picks; out: ReadonlyMap<string, string> }>();
const NO_LINES: readonly Line[] = [];
/** What was settled by hand goes before what only stays where it was. */
const withStay = (picks: Picks, stay: Picks): Picks => new Map([...stay].filter(([wall, itemId]) => !picks.has(wall) && ![...picks.values()].includes(itemId)).concat([...picks]));

/** A proposal for some days, and what the user settles in it by hand; nothing is written before `carry`. */
export function useFill(account: Account, from: string, to: string) {
  const key = `${account.id} ${from} ${to}`;
  const [before] = useState(() => unfinished.get(key));
  const [seed, setSeed] = useState(before?.seed ?? firstSeed(from));
  const [picks, setPicks] = useState<Picks>(before?.picks ?? new Map());
  /** What stood in the other slots when one was settled: a choice changes its own line and no other, until another proposal is asked for. */
  const [stay, setStay] = useState<Picks>(before?.stay ?? new Map());
  /** Drafts that were taken out, by the slot they stood in. */
  const [out, setOut] = useState<ReadonlyMap<string, string>>(before?.out ?? new Map());
  useEffect(() => void unfinished.set(key, { seed, picks, stay, out }), [key, seed, picks, stay, out]);
  const input = useMemo(() => ({ accountId: account.id, from, to, leave: [...new Set(out.values())], library: true, seed, picks: [...withStay(picks, stay)].map(([wall, itemId]) => ({ wall, itemId })) }), [account.id, from, to, out, seed, picks, stay]);
  const asked = useRpcQuery('planning.fillPreview', input);
  // What was seen stays while the next answer is on its way: a choice must not make the list jump.
  const [kept, setKept] = useState<FillPreview | undefined>(undefined);
  if (asked.data && asked.data !== kept) setKept(asked.data);
  const preview = asked.data ?? kept;
  const template = useRpcQuery('planning.template', { accountId: account.id }).data?.template ?? null;
  const days = useMemo(() => (from <= to ? daysBetween(from, to) : []), [from, to]);
  const lines = useMemo(() => (preview ? linesOf(preview, picks, (day) => slotsOn(template, day), days) : NO_LINES), [preview, picks, template, days]);
  const fill = useRpcCommand('planning.fill');
  const lineAt = (wall: string): Line | undefined => lines.find((line) => line.kind !== 'day' && line.wall === wall);

  const settle = (wall: string, itemId: string | null | undefined): void => {
    setStay(new Map(lines.flatMap((line) => (line.kind === 'row' && line.wall !== wall && line.row.item && line.row.item.id !== itemId ? [[line.wall, line.row.item.id] as const] : []))));
    setPicks((old) => pick(old, wall, itemId));
  };
  const pick = (old: Picks, wall: string, itemId: string | null | undefined): Picks => {
    const next = new Map([...old].filter(([at, id]) => at !== wall && (id === null || id !== itemId)));
    if (itemId !== undefined) next.set(wall, itemId);
    return next;
  };
  return {
    preview, lines, seed, picks, days, error: asked.error, current: asked.data !== undefined, busy: fill.isPending,
    /** Another proposal; what was settled by hand stays. */
    another: () => {
      setStay(new Map());
      setSeed((old) => (old + 1) % SEEDS);
    },
    /** Nothing goes into this slot; once more and it is filled again. */
    takeOut: (wall: string): void => {
      const line = lineAt(wall);
      if (line?.kind === 'free') {
        if (picks.get(wall) !== null) return;
        settle(wall, undefined);
        setOut((old) => new Map([...old].filter(([at]) => at !== wall)));
      } else if (line?.kind === 'row') {
        settle(wall, null);
        if (line.row.item === null) setOut((old) => new Map(old).set(wall, line.row.id));
      }
    },
    /** The item of this slot stays there, whatever another proposal brings; once more and it is free to change. */
    keep: (wall: string): void => {
      const line = lineAt(wall);
      if (line?.kind === 'row' && line.row.item) settle(wall, picks.has(wall) ? undefined : line.row.item.id);
    },
    put: (wall: string, itemId: string): void => settle(wall, itemId),
    /** A draft that was taken out may be placed again. */
    putBack: (draftId: string): void => {
      for (const [wall, id] of out) if (id === draftId && picks.get(wall) === null) settle(wall, undefined);
      setOut((old) => new Map([...old].filter(([, id]) => id !== draftId)));
    },
    carry: () => fill.mutateAsync(input),
    forget: (): void => void unfinished.delete(key),
  };
}
export type Fill = ReturnType<typeof useFill>;
