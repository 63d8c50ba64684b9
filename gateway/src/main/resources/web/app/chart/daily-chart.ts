import { html, nothing, svg } from 'lit';
import { PageElement } from '../element.ts';
import { shortDay } from '../figure/day.ts';
import { axisMoney } from '../figure/money.ts';
import { describeDay } from './describe-day.ts';
import { type Frame, type Plot, plot } from './plot.ts';
import { labelEvery } from './scale.ts';
import { step } from './steps.ts';
import type { TimelineDay } from './timeline.ts';

const HEIGHT = 260;
const LABEL_WIDTH = 58;
const MARGIN = { left: 52, right: 6, top: 14, bottom: 26 };

/** Bars for what was spent, a line in its interval for what is expected; one day at a time by pointer or arrow keys. */
class DailyChart extends PageElement {
  static override properties = { days: { attribute: false }, width: { state: true }, selected: { state: true } };
  declare days: readonly TimelineDay[];
  declare private width: number;
  declare private selected: number | undefined;

  private readonly resized = new ResizeObserver(([entry]) => (this.width = Math.floor(entry.contentRect.width)));

  constructor() {
    super();
    this.width = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.resized.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resized.disconnect();
  }

  protected override render() {
    if (this.width === 0 || this.days.length === 0) return nothing;
    const frame: Frame = { width: this.width, height: HEIGHT, ...MARGIN };
    const drawn = plot(this.days, frame);
    const shown = this.selected === undefined ? undefined : Math.min(this.selected, this.days.length - 1);
    return html`
      <p class="readout" aria-hidden="true">${describeDay(this.days[shown ?? this.lastSpent()])}</p>
      <svg
        viewBox="0 0 ${frame.width} ${frame.height}"
        role="slider"
        tabindex="0"
        aria-label="Spend by day; arrow keys move from day to day"
        aria-valuemin="0"
        aria-valuemax=${this.days.length - 1}
        aria-valuenow=${shown ?? this.lastSpent()}
        aria-valuetext=${describeDay(this.days[shown ?? this.lastSpent()])}
        @keydown=${this.onKey}
        @pointermove=${(event: PointerEvent) => this.point(event, drawn)}
        @pointerdown=${(event: PointerEvent) => this.point(event, drawn)}
        @pointerleave=${(event: PointerEvent) => event.pointerType === 'mouse' && (this.selected = undefined)}
        @blur=${() => (this.selected = undefined)}
      >
        ${this.axes(drawn, frame)} ${shown === undefined ? nothing : this.cursor(shown, drawn)} ${this.spend(drawn, shown)}
        <path class="band" d=${drawn.band} /><path class="expected" d=${drawn.line} />
        ${shown === undefined ? nothing : this.dot(shown, drawn)}
      </svg>
    `;
  }

  private axes(drawn: Plot, frame: Frame) {
    const every = labelEvery(this.days.length, frame.width - frame.left - frame.right, LABEL_WIDTH);
    const lines = drawn.grid.map(
      ({ value, y }) => svg`
        <line class="grid" x1=${frame.left} x2=${frame.width - frame.right} y1=${y} y2=${y} />
        <text class="tick" x=${frame.left - 8} y=${y} dy="0.32em" text-anchor="end">${axisMoney(value)}</text>`,
    );
    // Counted back from the newest day of spend, so that today keeps its label.
    const labels = this.days.map(({ date }, index) =>
      (this.lastSpent() - index) % every === 0
        ? svg`<text class="tick" x=${drawn.centre(index)} y=${HEIGHT - 6} text-anchor="middle">${shortDay(date)}</text>`
        : nothing,
    );
    return svg`${lines}${labels}`;
  }

  private spend(drawn: Plot, shown: number | undefined) {
    return drawn.bars.map(
      (bar) => svg`<rect
        class="bar ${bar.partial ? 'bar-partial' : ''} ${bar.index === shown ? 'bar-shown' : ''}"
        x=${bar.x} y=${bar.y} width=${bar.width} height=${bar.height} rx=${Math.min(2, bar.width / 3)} />`,
    );
  }

  private cursor(shown: number, { centre, step, baseline }: Plot) {
    const x = centre(shown) - step / 2;
    return svg`<rect class="cursor" x=${x} y=${MARGIN.top} width=${step} height=${baseline - MARGIN.top} />`;
  }

  private dot(shown: number, drawn: Plot) {
    const y = drawn.expectedAt(shown);
    return y === undefined ? nothing : svg`<circle class="dot" cx=${drawn.centre(shown)} cy=${y} r="4" />`;
  }

  private lastSpent(): number {
    return this.days.findLastIndex(({ spent }) => spent !== undefined);
  }

  private onKey(event: KeyboardEvent): void {
    const next = step(event.key, this.selected ?? this.lastSpent(), this.days.length);
    if (next === undefined) return;
    event.preventDefault();
    this.selected = next;
  }

  private point(event: PointerEvent, drawn: Plot): void {
    const box = (event.currentTarget as SVGSVGElement).getBoundingClientRect();
    const index = Math.floor((((event.clientX - box.left) / box.width) * this.width - MARGIN.left) / drawn.step);
    if (index >= 0 && index < this.days.length) this.selected = index;
  }
}

customElements.define('daily-chart', DailyChart);
