import { percent } from './count.ts';

export interface Change {
  readonly direction: 'up' | 'down' | 'same' | 'new';
  readonly text: string;
}

const UNNOTICEABLE_PERCENT = 0.5;

/** What happened against the previous period; `undefined` where there is nothing to compare. */
export function change(changePercent: number | string | null | undefined, spentNow: boolean): Change | undefined {
  if (changePercent === null || changePercent === undefined) {
    return spentNow ? { direction: 'new', text: 'new' } : undefined;
  }
  const value = Number(changePercent);
  if (Math.abs(value) < UNNOTICEABLE_PERCENT) return { direction: 'same', text: 'unchanged' };
  return value > 0 ? { direction: 'up', text: `▲ ${size(value)}` } : { direction: 'down', text: `▼ ${size(-value)}` };
}

/** Past tenfold a factor says more than a percentage, past a thousandfold neither does. */
function size(percentage: number): string {
  if (percentage < 1000) return percent(percentage / 100);
  const factor = percentage / 100 + 1;
  return factor > 999 ? '>999×' : `${factor.toFixed(0)}×`;
}
