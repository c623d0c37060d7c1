import { useEffect, useState } from 'react';

/** Epoch ms, new at each half minute: clocks on the screen go by the minute, never by animation (LOOK). */
export function useNow(everyMs = 30_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
