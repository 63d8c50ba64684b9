import { html } from 'lit';
import { type Section, downPart } from '../api/carry.ts';
import type { Overview } from '../api/shapes.ts';
import { today } from '../figure/day.ts';
import { alertList } from '../panel/alert-list.ts';
import { budgetList } from '../panel/budget-list.ts';
import { firstRecord } from '../panel/first-record.ts';
import { recommendationList } from '../panel/recommendation-list.ts';
import { spendFigures } from '../panel/spend-figures.ts';
import '../panel/spend-breakdown.ts';
import '../panel/spend-by-day.ts';
import type { Period } from './period.ts';

/** Which panel stands where, and which section of the answer it shows. */
export function overviewPanels(shown: Overview | undefined, period: Period, zone: string) {
  const down = (section: Section) => (shown ? downPart(shown, section) : undefined);
  const day = today(zone, shown ? Date.parse(shown.as_of) : Date.now());
  return html`
    ${spendFigures(shown?.summary, down('summary'), day, shown !== undefined)}
    ${shown && isUntouched(shown) ? firstRecord() : ''}
    <div class="columns">
      <div class="wide">
        <spend-by-day
          .history=${shown?.history ?? undefined}
          .forecast=${shown?.forecast ?? undefined}
          .today=${day}
          .period=${period}
          .loaded=${shown !== undefined}
          .down=${down('history')}
          .forecastDown=${down('forecast')}
        ></spend-by-day>
        <spend-breakdown
          .byModel=${shown?.by_model ?? undefined}
          .asOf=${shown?.as_of ?? ''}
          .period=${period}
          .loaded=${shown !== undefined}
          .down=${down('by_model')}
        ></spend-breakdown>
      </div>
      <div class="narrow">
        ${budgetList(shown?.budgets?.items, down('budgets'), zone)}
        ${alertList(shown?.alerts?.items, down('alerts'), zone, shown ? Date.parse(shown.as_of) : 0)}
      </div>
    </div>
    ${recommendationList(shown?.recommendations?.items, down('recommendations'))}
  `;
}

/** Nothing was ever recorded, as far as anyone can tell. */
function isUntouched({ summary, history }: Overview): boolean {
  if (!summary || !history) return false;
  return (
    (summary.this_year ?? summary.this_month).requests === 0 && history.points.every(({ requests }) => requests === 0)
  );
}
