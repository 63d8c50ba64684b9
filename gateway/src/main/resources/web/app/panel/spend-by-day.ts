import { html, nothing } from 'lit';
import type { Forecast, History } from '../api/shapes.ts';
import { dayTable } from '../chart/day-table.ts';
import { legend } from '../chart/legend.ts';
import { timeline } from '../chart/timeline.ts';
import { PageElement } from '../element.ts';
import type { Day } from '../figure/day.ts';
import { exactMoney, money } from '../figure/money.ts';
import type { Period } from '../page/period.ts';
import { forecastBasis } from './forecast-basis.ts';
import { hint, panel, placeholder } from './panel.ts';
import '../chart/daily-chart.ts';

/** Spend by day with the forecast continued, as a chart or as a table. */
class SpendByDay extends PageElement {
  static override properties = {
    history: { attribute: false },
    forecast: { attribute: false },
    today: { attribute: false },
    period: { attribute: false },
    loaded: { attribute: false },
    down: { attribute: false },
    forecastDown: { attribute: false },
    asTable: { state: true },
  };
  declare history: History | undefined;
  declare forecast: Forecast | undefined;
  declare today: Day;
  declare period: Period;
  declare loaded: boolean;
  declare down: string | undefined;
  declare forecastDown: string | undefined;
  declare private asTable: boolean;

  constructor() {
    super();
    this.asTable = false;
  }

  protected override render() {
    return panel({ id: 'by-day', title: 'Spend by day', tools: this.tools(), down: this.down, body: this.body() });
  }

  private tools() {
    if (!this.history) return html``;
    return html`
      <p class="panel-total">${total(this.history, this.period)}</p>
      <button type="button" aria-pressed=${this.asTable} @click=${() => (this.asTable = !this.asTable)}>Table</button>
    `;
  }

  private body() {
    if (!this.history) return this.loaded ? nothing : placeholder(6);
    const days = timeline(this.history, this.forecast, this.today);
    return html`
      ${this.asTable ? dayTable(days) : html`<daily-chart .days=${days}></daily-chart>`}
      ${this.asTable ? nothing : legend(this.forecast)} ${this.ahead()}
    `;
  }

  private ahead() {
    if (this.forecastDown)
      return hint(`${this.forecastDown} does not answer at the moment; the days ahead are left out.`);
    return hint(forecastBasis(this.forecast, this.history?.points.some((day) => day.requests > 0)));
  }
}

function total(history: History, period: Period) {
  const average = history.daily_average
    ? html`<span class="muted">· ${money(history.daily_average)} a day</span>`
    : nothing;
  const exactly = `${exactMoney(history.total_cost)} in ${period.title}`;
  return html`<strong title=${exactly}>${money(history.total_cost)}</strong> ${average}`;
}

customElements.define('spend-by-day', SpendByDay);
