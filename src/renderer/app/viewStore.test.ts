import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Undo, useView } from './viewStore.ts';

const undo = (id: string, until: number | null = null): Undo => ({ id, title: id, run: () => undefined, until });
const view = () => useView.getState();
afterEach(() => {
  vi.useRealTimers();
  useView.setState({ undos: [], composer: null, leaving: null });
});

describe('what can be taken back', () => {
  it('is taken newest first, each once, whoever asks', () => {
    for (const id of ['a', 'b', 'c']) view().offerUndo(undo(id));
    expect(view().takeUndo('b')?.id).toBe('b');
    expect(view().takeUndo('b')).toBe(null);
    expect([view().takeUndo()?.id, view().takeUndo()?.id, view().takeUndo()]).toEqual(['c', 'a', null]);
  });
  it('is no longer offered once its moment has passed', () => {
    vi.useFakeTimers({ now: 1000 });
    view().offerUndo(undo('lasting'));
    view().offerUndo(undo('send', 11_000));
    vi.setSystemTime(11_000);
    expect(view().takeUndo('send')).toBe(null);
    expect(view().takeUndo()?.id).toBe('lasting');
  });
});

describe('the composer', () => {
  it('closes, or opens on something else, only once what is written is kept', async () => {
    view().openComposer({ kind: 'new' });
    let kept = false;
    useView.setState({ leaving: () => Promise.resolve(kept) });
    view().closeComposer();
    view().openComposer({ kind: 'edit', id: 'other' });
    await Promise.resolve();
    expect(view().composer).toEqual({ kind: 'new' });
    kept = true;
    view().openComposer({ kind: 'edit', id: 'other' });
    await Promise.resolve();
    expect(view().composer).toEqual({ kind: 'edit', id: 'other' });
    kept = false;
    const open = view().composer;
    // What ends late ends only itself.
    view().endComposer({ kind: 'new' });
    expect(view().composer).toBe(open);
    if (open) view().endComposer(open);
    expect(view().composer).toBe(null);
  });
  it('is another one with every opening, but goes on with what it is open on', () => {
    const answer = { kind: 'new', as: { kind: 'reply', target: { id: '7', username: null }, excerpt: '' } } as const;
    const openings = [{ kind: 'new' } as const, { kind: 'new' } as const, answer, { ...answer }, { ...answer, accountId: 'other' }, { kind: 'edit', id: 'a' } as const, { kind: 'edit', id: 'a' } as const, { kind: 'edit', id: 'b' } as const].map((target) => {
      view().openComposer(target);
      return view().opening;
    });
    expect(openings.map((each) => each - (openings[0] ?? 0))).toEqual([0, 1, 2, 2, 3, 4, 4, 5]);
  });
});
