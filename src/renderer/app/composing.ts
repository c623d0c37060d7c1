import { useEffect, useRef } from 'react';
import { create } from 'zustand';

/** What the composer that is open offers to the palette. */
export interface Composing {
  /** Name of its tier; null outside the ratio. */
  tier: string | null;
  /** The next time that it would fit; null while there is none, or while something stands in its way. */
  next: { wall: string; at: number } | null;
  plan(wall: string): void;
  askTime(): void;
}
export const useComposing = create<{ composing: Composing | null }>(() => ({ composing: null }));

/** Says what the composer offers while it is open; `offer` null where its post cannot be planned. */
export function useOffer(offer: Composing | null): void {
  const latest = useRef(offer);
  useEffect(() => { latest.current = offer; });
  const key = offer === null ? null : `${offer.tier ?? ''} ${offer.next?.wall ?? ''}`;
  useEffect(() => {
    if (key === null || !latest.current) return undefined;
    const { tier, next } = latest.current;
    useComposing.setState({ composing: { tier, next, plan: (wall) => latest.current?.plan(wall), askTime: () => latest.current?.askTime() } });
    return () => useComposing.setState({ composing: null });
  }, [key]);
}
