import { useEffect, useState } from 'react';
import { keepTime, keptTime } from './keptEdit.ts';
import { instantOf } from './When.tsx';

interface Standing {
  /** Null for what is nowhere yet. */
  id: string | null;
  zone: string;
  /** It goes out by itself: another time counts once it is saved. */
  goes: boolean;
  /** The time it has. */
  wall: string | null;
}

/** The time chosen for a post, null for none. Over one that goes out by itself it is kept in this window until it is saved or thrown away; one that has passed meanwhile is not. */
export function useChosenTime(asked: string | null, { id, zone, goes, wall }: Standing): [string | null, (wall: string | null) => void] {
  const [chosen, choose] = useState(() => {
    const kept = id === null ? null : keptTime(id);
    return asked ?? (kept !== null && (instantOf(kept, zone) ?? 0) > Date.now() ? kept : null);
  });
  useEffect(() => {
    if (id !== null) keepTime(id, goes && chosen !== wall && chosen !== null && instantOf(chosen, zone) !== null ? chosen : null);
  }, [id, zone, goes, chosen, wall]);
  return [chosen, choose];
}
