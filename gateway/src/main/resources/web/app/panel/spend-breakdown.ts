import { html, nothing } from 'lit';
import { breakdown } from '../api/client.ts';
import { advice } from '../api/refusal.ts';
import type { Breakdown } from '../api/shapes.ts';
import { PageElement } from '../element.ts';
import { choice } from '../page/choice.ts';
import type { Period } from '../page/period.ts';
import { breakdownTable } from './breakdown-table.ts';
import { hint, panel, placeholder } from './panel.ts';
import { plural } from '../figure/count.ts';

const DIMENSIONS = ['model', 'provider', 'project', 'user', 'operation'];

/** Spend by one dimension. The overview brings the models; any other dimension is asked for when it is chosen. */
class SpendBreakdown extends PageElement {
  static override properties = {
    byModel: { attribute: false },
    asOf: { attribute: false },
    period: { attribute: false },
    loaded: { attribute: false },
    down: { attribute: false },
    dimension: { state: true },
    other: { state: true },
    trouble: { state: true },
  };
  declare byModel: Breakdown | undefined;
  declare asOf: string;
  declare period: Period;
  declare loaded: boolean;
  declare down: string | undefined;
  declare private dimension: string;
  declare private other: Breakdown | undefined;
  declare private trouble: string;
  private asking = new AbortController();

  constructor() {
    super();
    this.dimension = 'model';
    this.trouble = '';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.asking.abort();
  }

  /** A new look of the overview, another period or another dimension: the rows follow. */
  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('dimension') || changed.has('period')) this.other = undefined;
    if (this.dimension !== 'model' && ['dimension', 'period', 'asOf'].some((name) => changed.has(name)))
      void this.ask();
  }

  protected override render() {
    const options = DIMENSIONS.map((value) => ({ value, label: value[0].toUpperCase() + value.slice(1) }));
    const tools = choice('dimension', 'Break down by', options, this.dimension, (value) => (this.dimension = value));
    return panel({
      id: 'by-dimension',
      title: `Spend by ${this.dimension}`,
      tools,
      down: this.down,
      body: this.body(),
    });
  }

  private body() {
    const shown = this.dimension === 'model' ? this.byModel : this.other;
    if (this.trouble && this.dimension !== 'model') return html`<p class="trouble" role="alert">${this.trouble}</p>`;
    if (!shown) return this.loaded && this.dimension === 'model' ? nothing : placeholder(4);
    if (shown.items.length === 0) return hint(`Nothing was recorded in ${this.period.title}.`);
    return html`${breakdownTable(shown)} ${unpriced(shown)}`;
  }

  private async ask(): Promise<void> {
    this.asking.abort();
    const { signal } = (this.asking = new AbortController());
    try {
      const answer = await breakdown(this.period.query, this.dimension, signal);
      if (signal.aborted) return;
      this.other = answer;
      this.trouble = '';
    } catch (error) {
      if (!signal.aborted) this.trouble = advice(error);
    }
  }
}

function unpriced({ unpriced_requests: requests }: Breakdown) {
  if (!requests) return nothing;
  return html`<p class="hint warning-text">
    ${plural(requests, 'request')} had no known price and ${requests === 1 ? 'is' : 'are'} not in these figures. Register
    a price and they are counted by themselves.
  </p>`;
}

customElements.define('spend-breakdown', SpendBreakdown);
