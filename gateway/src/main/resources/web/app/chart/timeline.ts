import type { Forecast, History, Interval, Money } from '../api/shapes.ts';
import { type Day, addDays, daysBetween, lastOfMonth } from '../figure/day.ts';

/** One day of the chart: what was spent, what is expected, or for today both. */
export interface TimelineDay {
  readonly date: Day;
  readonly spent?: Money;
  readonly requests?: number;
  /** Still running: the figure will grow. */
  readonly partial: boolean;
  readonly expected?: Interval;
}

/** History followed by as much of the forecast as suits the period shown. */
export function timeline(history: History | undefined, forecast: Forecast | undefined, today: Day): TimelineDay[] {
  const past = (history?.points ?? []).map((point) => ({
    date: point.date,
    spent: point.total_cost,
    requests: point.requests,
    partial: point.date === today,
  }));
  const until = addDays(today, daysAhead(past.length, today));
  const ahead = (forecast?.points ?? [])
    .filter((point) => point.date > today && point.date <= until)
    .map(({ date, lower, expected, upper }) => ({ date, partial: false, expected: { lower, expected, upper } }));
  return [...past, ...ahead];
}

/** A week ahead of a week, a fortnight of a month, a month of a quarter; at least to the month's end for short ones. */
function daysAhead(daysShown: number, today: Day): number {
  if (daysShown > 45) return 30;
  if (daysShown > 10) return Math.max(14, daysBetween(today, lastOfMonth(today)));
  return 7;
}
