import { memo } from 'react';
import { type Axis, topOf } from './geometry.ts';

const QUARTER = 15;

/** The lines of the hours, and in the day of the quarters: a quarter is as high as the fullest of its days needs. */
export const Rows = memo(function Rows({ axis }: { axis: Axis }) {
  const minutes = Array.from({ length: (axis.to - axis.from) / QUARTER }, (_, i) => axis.from + i * QUARTER);
  return minutes.map((minute) => <i key={minute} className={minute % 60 === 0 ? 'row hour' : 'row'} data-minute={minute} style={{ top: topOf(axis, minute), height: topOf(axis, minute + QUARTER) - topOf(axis, minute) }} />);
});
