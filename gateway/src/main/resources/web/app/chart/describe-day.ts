import { plural } from '../figure/count.ts';
import { longDay } from '../figure/day.ts';
import { money } from '../figure/money.ts';
import type { TimelineDay } from './timeline.ts';

/** A day of the chart in words, the same for eyes and ears. */
export function describeDay(day: TimelineDay | undefined): string {
  if (!day) return '';
  const parts = [longDay(day.date) + (day.partial ? ', so far' : '')];
  if (day.spent !== undefined) parts.push(`${money(day.spent)}`, plural(day.requests ?? 0, 'request'));
  if (day.expected) {
    const { lower, expected, upper } = day.expected;
    parts.push(`expected ${money(expected)}`);
    if (lower !== null && upper !== null) parts.push(`between ${money(lower)} and ${money(upper)}`);
  }
  return parts.join(' · ');
}
