import { html } from 'lit';
import { count } from '../figure/count.ts';
import { longDay } from '../figure/day.ts';
import { exactMoney, money } from '../figure/money.ts';
import type { TimelineDay } from './timeline.ts';

/** The chart's figures as a table, newest first. */
export function dayTable(days: readonly TimelineDay[]) {
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label="Spend by day as a table">
      <table class="figures-table">
        <thead>
          <tr><th scope="col">Day</th><th scope="col">Spend</th><th scope="col">Requests</th><th scope="col">Expected</th><th scope="col">Interval</th></tr>
        </thead>
        <tbody>
          ${days.toReversed().map(row)}
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
      <td>${expected ? `${money(expected.lower)} – ${money(expected.upper)}` : ''}</td>
    </tr>
  `;
}
