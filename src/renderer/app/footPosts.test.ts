import { describe, expect, it } from 'vitest';
import { ON_TIME_MS } from '../../shared/domain/publicationTime.ts';
import { footPosts } from './footPosts.ts';

const NOW = 1_790_000_000_000;
const MINUTE = 60_000;
type Planned = Parameters<typeof footPosts>[0][number];
const post = (id: string, inMinutes: number | null, more: Partial<Planned> = {}): Planned => ({ id, kind: 'post', state: 'scheduled', tier: 'free', counts: true, dueAt: inMinutes === null ? null : NOW + inMinutes * MINUTE, ...more });

describe('what the foot says of the plan', () => {
  it('names the soonest to come, never one of the past', () => {
    expect(footPosts([post('b', 20), post('old', -30), post('a', 5), post('none', null)], NOW)).toEqual({ next: expect.objectContaining({ id: 'a', dueAt: NOW + 5 * MINUTE }), late: 1, until: NOW + 20 * MINUTE });
    expect(footPosts([post('old', -30), post('now', 0)], NOW).next).toBeNull();
    expect(footPosts([], NOW)).toEqual({ next: null, late: 0, until: null });
  });
  it('counts as late what waits for its turn or the network, once it is no longer on time', () => {
    expect(footPosts([post('a', -30), post('b', -10, { state: 'retry_wait' }), post('c', -(ON_TIME_MS - 1000) / MINUTE)], NOW).late).toBe(2);
    expect(footPosts([post('answer', -30, { kind: 'reply', state: 'retry_wait' }), post('held', -30, { state: 'held' })], NOW).late).toBe(0);
  });
  it('asks for the computer until the last of the coming twelve hours', () => {
    expect(footPosts([post('a', 60), post('b', 11 * 60), post('c', 13 * 60)], NOW).until).toBe(NOW + 660 * MINUTE);
    expect(footPosts([post('c', 13 * 60)], NOW).until).toBeNull();
  });
});
