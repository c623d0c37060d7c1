import { create } from 'zustand';
import type { Publication } from '../../../shared/contract/publications.ts';
import type { Stretch } from './geometry.ts';
import type { Landing } from './landing.ts';
import type { Rule } from './usePlan.ts';

/** What a stretch of a day answers to the post that is being moved. */
export type Band = Stretch<{ ok: boolean; words: string }>;
export interface Target {
  day: string;
  minute: number;
  /** By five minutes. */
  fine?: boolean | undefined;
  /** Which line of its quarter, where several stand there. */
  line?: number | undefined;
}
interface DragState {
  /** What is being moved, by pointer or by keys. */
  subject: Publication | null;
  how: 'pointer' | 'keys';
  target: Target | null;
  landing: Landing | null;
  /** The plan as it would be after the drop. */
  after: Rule | null;
  /** Over the tray: dropping takes it off the plan. */
  off: boolean;
  /** By day, as they are worked out. */
  bands: ReadonlyMap<string, Band[]>;
  /** How many more of its tier each day takes, by the same answers as the bands; null where its tier has no limit. */
  room: ReadonlyMap<string, number | null>;
}
const still: DragState = { subject: null, how: 'pointer', target: null, landing: null, after: null, off: false, bands: new Map(), room: new Map() };

/** The move under way. Few components listen, so that a pointer's step costs one highlight and not a calendar. */
export const useDrag = create<DragState>(() => still);
export const endDrag = (): void => useDrag.setState(still);
