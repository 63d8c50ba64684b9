import { html, nothing } from 'lit';
import type { PeriodTotal, Summary } from '../api/shapes.ts';
import { change } from '../figure/change.ts';
import { plural } from '../figure/count.ts';
import { type Day, lastOfMonth, shortDay } from '../figure/day.ts';
import { exactMoney, money } from '../figure/money.ts';
import { outage } from './panel.ts';

/** Today, this week, this month, and where the month is heading. */
export function spendFigures(
  summary: Summary | null | undefined,
  down: string | undefined,
  today: Day,
  loaded: boolean,
) {
  return html`
    <section class="figures" id="figures" aria-label="Spend at a glance">
      ${down ? outage(down, Boolean(summary)) : nothing}
      ${figure('Today', summary?.today, 'yesterday by now', loaded)}
      ${figure('This week', summary?.this_week, 'last week by now', loaded)}
      ${figure('This month', summary?.this_month, 'last month by now', loaded)}
      ${projected(summary, today, loaded)}
    </section>
  `;
}

function figure(label: string, total: PeriodTotal | undefined, before: string, loaded: boolean) {
  return html`
    <article class="figure">
      <h2>${label}</h2>
      ${total ? amount(total.total_cost) : blank(loaded)}
      <p class="muted">${total ? html`<span>${plural(total.requests, 'request')}</span> ${against(total, before)}` : nothing}</p>
    </article>
  `;
}

function projected(summary: Summary | null | undefined, today: Day, loaded: boolean) {
  const cost = summary?.projected_month_cost;
  const until = `by ${shortDay(lastOfMonth(today))}, at the last 30 days’ rate`;
  return html`
    <article class="figure figure-ahead">
      <h2>Projected</h2>
      ${cost ? amount(cost) : blank(loaded)}
      <p class="muted">${cost ? until : summary ? 'needs a few days of spend' : nothing}</p>
    </article>
  `;
}

function against(total: PeriodTotal, before: string) {
  if (total.requests === 0 && total.previous_total_cost) {
    return html`<span>${money(total.previous_total_cost)} ${before}</span>`;
  }
  const changed = change(total.change_percent, before, total.requests > 0);
  if (!changed) return nothing;
  const then = total.previous_total_cost ? `${exactMoney(total.previous_total_cost)} ${before}` : '';
  return html`<span class="change change-${changed.direction}" title=${then}>${changed.text}</span>`;
}

const amount = (cost: string) => html`<p class="amount" title=${exactMoney(cost)}>${money(cost)}</p>`;
const blank = (loaded: boolean) =>
  html`<p class="amount ${loaded ? 'missing' : 'loading'}">${loaded ? '–' : nothing}</p>`;
