import { percent } from './count.ts';

export interface Change {
  readonly direction: 'above' | 'below' | 'same' | 'new';
  readonly text: string;
}

/**
 * A running period against as much of the one before it. `undefined` with nothing to compare.
 *
 * @param changePercent from that part of the previous period to the same part of this one; null when that was zero
 * @param before what that part is called: yesterday by now, last week by now
 */
export function change(
  changePercent: number | string | null | undefined,
  before: string,
  spentNow: boolean,
): Change | undefined {
  if (changePercent === null || changePercent === undefined) {
    return spentNow ? { direction: 'new', text: `nothing ${before}` } : undefined;
  }
  const value = Number(changePercent);
  if (value === 0) return { direction: 'same', text: `as ${before}` };
  if (value < 0) return { direction: 'below', text: `▼ ${percent(-value / 100)} on ${before}` };
  return { direction: 'above', text: `▲ ${size(value)} on ${before}` };
}

/** Past tenfold a factor says more than a percentage, past a thousandfold neither does. */
function size(percentage: number): string {
  if (percentage < 1000) return percent(percentage / 100);
  const factor = percentage / 100 + 1;
  return factor > 999 ? '>999×' : `${factor.toFixed(0)}×`;
}
