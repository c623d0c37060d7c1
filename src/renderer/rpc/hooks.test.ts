import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import type { EventName } from '../../shared/contract/index.ts';
import { connectCache } from './hooks.ts';

describe('the cache of the window', () => {
  it('asks again when something happens while the first answer is on its way', async () => {
    let say: (name: EventName) => void = () => {};
    const cache = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, networkMode: 'always', retry: false } } });
    connectCache({ onAnyEvent: (listener) => { say = listener as typeof say; return () => {}; }, onMissed: () => () => {} }, cache);
    const answers: ((value: string[]) => void)[] = [];
    const seen: unknown[] = [];
    const observer = new QueryObserver<string[]>(cache, { queryKey: ['columns.list', {}], queryFn: () => new Promise((resolve) => answers.push(resolve)) });
    const stop = observer.subscribe((result) => { if (result.data) seen.push(result.data); });
    expect(answers).toHaveLength(1);
    say('columns.changed');
    // It was worked out before the event.
    answers[0]?.([]);
    await expect.poll(() => answers.length).toBe(2);
    answers[1]?.(['home']);
    await expect.poll(() => seen.at(-1)).toEqual(['home']);
    stop();
    cache.clear();
  });
});
