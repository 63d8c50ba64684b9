import { html, nothing } from 'lit';
import type { Breakdown, BreakdownItem } from '../api/shapes.ts';
import { shareBar } from '../chart/share-bar.ts';
import { compactCount, count, percent } from '../figure/count.ts';
import { exactMoney, money, moneyPer } from '../figure/money.ts';

const MOST_ROWS = 12;

/** Rows by cost with a bar for the share, relative to the largest, so that small ones can still be told apart. */
export function breakdownTable({ dimension, items, next_cursor: more }: Breakdown) {
  const shown = items.slice(0, MOST_ROWS);
  const largest = Math.max(...shown.map(({ share }) => Number(share ?? 0)));
  const left = items.length - shown.length;
  return html`
    <table class="figures-table breakdown">
      <thead>
        <tr>
          <th scope="col">${dimension[0].toUpperCase() + dimension.slice(1)}</th>
          <th scope="col">Spend</th>
          <th scope="col">Share</th>
          <th scope="col">Tokens</th>
          <th scope="col">Requests</th>
          <th scope="col">Per request</th>
        </tr>
      </thead>
      <tbody>
        ${shown.map((item) => row(item, largest))}
      </tbody>
    </table>
    ${left > 0 || more ? html`<p class="hint">and ${left > 0 ? count(left) : ''} more with smaller shares</p>` : nothing}
  `;
}

function row(item: BreakdownItem, largest: number) {
  const share = Number(item.share ?? 0);
  return html`
    <tr>
      <th scope="row">
        <span class="key" title=${item.key ?? ''}>${item.key ?? html`<em>none given</em>`}</span>
        ${shareBar(largest === 0 ? 0 : share / largest)}
      </th>
      <td class="strong" data-label="Spend" title=${exactMoney(item.total_cost)}>${money(item.total_cost)}</td>
      <td data-label="Share">${percent(share)}</td>
      <td data-label="Tokens" title=${item.total_tokens === undefined ? '' : count(item.total_tokens)}>
        ${item.total_tokens === undefined ? '–' : compactCount(item.total_tokens)}
      </td>
      <td data-label="Requests">${count(item.requests)}</td>
      <td data-label="Per request">${moneyPer(item.total_cost, item.requests)}</td>
    </tr>
  `;
}
