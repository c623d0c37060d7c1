import { weekday } from '../../../shared/domain/time.ts';

/** Hours of a day, `to` after the last, in which this computer is usually off, with how many posts fall there. */
export interface OffHours {
  from: number;
  to: number;
  posts: number;
}
const DAY = 24;

/** The stretches of a day in which this computer is usually off and something is planned. `hours` are those of the week, from Monday's midnight; `minutes` where the day's posts stand. */
export function offHoursOf(hours: readonly number[], day: string, minutes: readonly number[]): OffHours[] {
  const first = (weekday(day) - 1) * DAY;
  const found: OffHours[] = [];
  for (let hour = 0; hour < DAY; hour += 1) {
    if (!hours.includes(first + hour)) continue;
    const posts = minutes.filter((minute) => Math.floor(minute / 60) === hour).length;
    const last = found.at(-1);
    if (last?.to === hour) {
      last.to = hour + 1;
      last.posts += posts;
    } else found.push({ from: hour, to: hour + 1, posts });
  }
  return found.filter((each) => each.posts > 0);
}
