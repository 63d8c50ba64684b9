import { percent } from './count.ts';

export interface Change {
  readonly direction: 'above' | 'below' | 'new';
  readonly text: string;
}

/**
 * A running period against the whole one before it. It is either already above, which is news, or somewhere on its way there,
 * which is no saving: so below says how much of the previous period has been reached. `undefined` with nothing to compare.
 *
 * @param changePercent from the whole previous period to this one so far; null when that was zero
 * @param before what the previous period is called: yesterday, last week
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
  if (value <= 0) return { direction: 'below', text: `${percent(1 + value / 100)} of ${before}` };
  return { direction: 'above', text: `▲ ${size(value)} on ${before}` };
}

/** Past tenfold a factor says more than a percentage, past a thousandfold neither does. */
function size(percentage: number): string {
  if (percentage < 1000) return percent(percentage / 100);
  const factor = percentage / 100 + 1;
  return factor > 999 ? '>999×' : `${factor.toFixed(0)}×`;
}
