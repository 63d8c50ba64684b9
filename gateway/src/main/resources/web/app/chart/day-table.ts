import { html } from 'lit';
import type { Interval } from '../api/shapes.ts';
import { count } from '../figure/count.ts';
import { longDay } from '../figure/day.ts';
import { exactMoney, money } from '../figure/money.ts';
import type { TimelineDay } from './timeline.ts';

/** The chart's figures as a table: what was spent, newest first, then the days ahead. */
export function dayTable(days: readonly TimelineDay[]) {
  const past = days.filter(({ spent }) => spent !== undefined).toReversed();
  const ahead = days.filter(({ spent }) => spent === undefined);
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label="Spend by day as a table">
      <table class="figures-table">
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col">Spend</th>
            <th scope="col">Requests</th>
            <th scope="col">Expected</th>
            <th scope="col">Interval</th>
          </tr>
        </thead>
        <tbody>
          ${past.map(row)}
        </tbody>
        <tbody class="days-ahead">
          ${ahead.map(row)}
        </tbody>
      </table>
    </div>
  `;
}

function row({ date, spent, requests, partial, expected }: TimelineDay) {
  return html`
    <tr>
      <th scope="row">${longDay(date)}${partial ? ' (so far)' : ''}</th>
      <td title=${spent === undefined ? '' : exactMoney(spent)}>${spent === undefined ? '' : money(spent)}</td>
      <td>${requests === undefined ? '' : count(requests)}</td>
      <td>${expected ? money(expected.expected) : ''}</td>
      <td>${expected ? interval(expected) : ''}</td>
    </tr>
  `;
}

function interval({ lower, upper }: Interval): string {
  return lower === null || upper === null ? '' : `${money(lower)} – ${money(upper)}`;
}
