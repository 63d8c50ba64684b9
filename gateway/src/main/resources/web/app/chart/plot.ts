import { linear, ticks } from './scale.ts';
import type { TimelineDay } from './timeline.ts';

export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Bar {
  readonly index: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly partial: boolean;
}

/** Everything the daily chart draws, in pixels. */
export interface Plot {
  readonly bars: readonly Bar[];
  readonly line: string;
  readonly band: string;
  readonly grid: readonly { value: number; y: number }[];
  readonly centre: (index: number) => number;
  readonly expectedAt: (index: number) => number | undefined;
  readonly step: number;
  readonly baseline: number;
}

const WIDEST_BAR = 34;
const HIGHEST_BAND = 1.6;

export function plot(days: readonly TimelineDay[], frame: Frame): Plot {
  const step = (frame.width - frame.left - frame.right) / Math.max(1, days.length);
  const baseline = frame.height - frame.bottom;
  const grid = ticks(highest(days), 4);
  const y = linear(grid[grid.length - 1], baseline, frame.top);
  const centre = (index: number) => frame.left + step * (index + 0.5);
  const width = Math.min(WIDEST_BAR, Math.max(1, step * (step > 8 ? 0.68 : 0.8)));
  const bars = days.flatMap(({ spent, partial }, index) => {
    if (spent === undefined) return [];
    const top = y(Number(spent));
    return [{ index, x: centre(index) - width / 2, y: top, width, height: baseline - top, partial }];
  });
  const expectedAt = (index: number) => {
    const expected = days[index]?.expected;
    return expected && y(Number(expected.expected));
  };
  const lines = grid.map((value) => ({ value, y: y(value) }));
  return { bars, ...forecastPaths(days, centre, y), grid: lines, centre, expectedAt, step, baseline };
}

/** A wide interval is cut off before it presses the spend itself flat. */
function highest(days: readonly TimelineDay[]): number {
  const seen = Math.max(0, ...days.map((day) => Math.max(Number(day.spent ?? 0), Number(day.expected?.expected ?? 0))));
  const band = Math.max(0, ...days.map((day) => Number(day.expected?.upper ?? 0)));
  return Math.max(seen, Math.min(band, seen * HIGHEST_BAND));
}

function forecastPaths(days: readonly TimelineDay[], centre: (index: number) => number, y: (value: number) => number) {
  const points = days.flatMap(({ expected }, index) => (expected ? [{ x: centre(index), ...expected }] : []));
  const bounded = points.filter(({ lower, upper }) => lower !== null && upper !== null);
  const at = (x: number, amount: string | null) => `${x.toFixed(1)},${y(Number(amount)).toFixed(1)}`;
  const upper = bounded.map((point) => at(point.x, point.upper));
  const lower = bounded.map((point) => at(point.x, point.lower)).reverse();
  return {
    line: points.length ? 'M' + points.map((point) => at(point.x, point.expected)).join('L') : '',
    band: bounded.length ? 'M' + [...upper, ...lower].join('L') + 'Z' : '',
  };
}
