import { html, nothing } from 'lit';
import { carry } from '../api/carry.ts';
import { overview } from '../api/client.ts';
import { Live, type LiveState } from '../api/live.ts';
import { Refusal, advice } from '../api/refusal.ts';
import type { Me, Overview } from '../api/shapes.ts';
import { PageElement } from '../element.ts';
import { moment } from '../figure/ago.ts';
import { type Period, PERIODS, addressOf, periodOf } from './period.ts';
import { choice } from './choice.ts';
import { overviewPanels } from './overview-panels.ts';
import { Refresh } from './refresh.ts';
import './top-bar.ts';

/** The cost overview: asks for the figures, and again whenever the system says that something happened. */
class CostOverview extends PageElement {
  static override properties = {
    me: { attribute: false },
    shown: { state: true },
    period: { state: true },
    trouble: { state: true },
    live: { state: true },
  };
  declare me: Me;
  declare private shown: Overview | undefined;
  declare private period: Period;
  declare private trouble: string;
  declare private live: LiveState;

  private readonly refresh = new Refresh((signal) => this.load(signal));
  private readonly stream = new Live(
    () => this.refresh.soon(),
    (state) => this.heard(state),
  );
  private readonly onHistory = () => this.choose(periodOf(location.search));

  constructor() {
    super();
    this.period = periodOf(location.search);
    this.trouble = '';
    this.live = 'connecting';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = `${this.me.organization?.name ?? 'Costs'} – Centime`;
    addEventListener('popstate', this.onHistory);
    this.refresh.start();
    this.stream.open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('popstate', this.onHistory);
    this.refresh.stop();
    this.stream.close();
    document.title = 'Centime';
  }

  protected override render() {
    return html`
      <a class="skip" href="#figures">Skip to the figures</a>
      <top-bar .me=${this.me} .zone=${this.zone} .live=${this.live}></top-bar>
      <main class="overview" aria-busy=${this.shown ? 'false' : 'true'}>
        <header class="page-head">
          <h1>Cost overview</h1>
          ${choice('period', 'Period', PERIODS.map(toOption), this.period.query, (query) => this.pick(query))}
        </header>
        ${this.trouble ? html`<p class="trouble" role="alert">${this.trouble}</p>` : nothing}
        ${overviewPanels(this.shown, this.period, this.zone)}
        <footer class="as-of muted">
          <a href="/docs">The API</a>
          <span>${this.shown ? `As of ${moment(this.shown.as_of, this.zone)}, ${this.zone}` : nothing}</span>
        </footer>
      </main>
    `;
  }

  /** A stream that breaks is the first sign of a gateway that is gone or of a session that ended: asking tells which. */
  private heard(state: LiveState): void {
    this.live = state;
    if (state === 'waiting') this.refresh.soon();
  }

  private get zone(): string {
    return this.me.organization?.time_zone ?? this.shown?.by_model?.period.time_zone ?? 'UTC';
  }

  private pick(query: string): void {
    const period = PERIODS.find((candidate) => candidate.query === query);
    if (!period) return;
    history.pushState(null, '', addressOf(period));
    this.choose(period);
  }

  private choose(period: Period): void {
    this.period = period;
    this.refresh.now();
  }

  /** Fails where a part is missing, too, so that it is asked for again before a quiet minute is over. */
  private async load(signal: AbortSignal): Promise<void> {
    const missing = (await this.show(signal))?.unavailable ?? [];
    if (missing.length > 0) throw new Error(`without ${missing.join(', ')}`);
  }

  private async show(signal: AbortSignal): Promise<Overview | undefined> {
    const { period } = this;
    try {
      const next = await overview(period.query, signal);
      this.shown = carry(this.shown, next);
      this.trouble = '';
      return next;
    } catch (error) {
      if (signal.aborted) return undefined;
      if (error instanceof Refusal && error.status === 401) this.announce('session-ended');
      this.trouble = advice(error);
      throw error;
    }
  }
}

const toOption = ({ query, label }: Period) => ({ value: query, label });

customElements.define('cost-overview', CostOverview);
