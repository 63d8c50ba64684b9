import { svg } from 'lit';
import { percent } from '../figure/count.ts';

/** How full a budget is, with a notch at each threshold. The bar ends at the limit, or at the spend once it is over. */
export function budgetBar(utilization: number, thresholds: readonly number[]) {
  const end = Math.max(1, utilization);
  const notches = [...new Set([...thresholds, ...(utilization > 1 ? [1] : [])])].filter((at) => at < end);
  const label = `${percent(utilization)} of the limit`;
  return svg`
    <svg class="budget-bar" role="img" aria-label=${label} preserveAspectRatio="none" viewBox="0 0 100 10">
      <rect class="share-rest" width="100" height="10" />
      <rect class="budget-fill" width=${(Math.max(0, utilization) / end) * 100} height="10" />
      ${notches.map((at) => svg`<line class="notch" x1=${(at / end) * 100} x2=${(at / end) * 100} y2="10" />`)}
    </svg>`;
}
