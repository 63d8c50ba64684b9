import { type TemplateResult, html, nothing } from 'lit';

export interface PanelParts {
  readonly id: string;
  readonly title: string;
  /** Right of the title: a switch, a total. */
  readonly tools?: TemplateResult;
  /** The part of the system that does not answer, as a person calls it. */
  readonly down?: string | undefined;
  readonly body: TemplateResult | typeof nothing;
}

/** The frame every panel shares. A part that is down is named where its figures would stand. */
export function panel({ id, title, tools, down, body }: PanelParts) {
  return html`
    <section class="panel" id=${id} aria-labelledby="${id}-title">
      <header class="panel-head">
        <h2 id="${id}-title">${title}</h2>
        ${tools ?? nothing}
      </header>
      ${down ? outage(down, body !== nothing) : nothing} ${body}
    </section>
  `;
}

/** Which part is down, and whether what stands below is still worth reading. */
export function outage(part: string, hasFigures: boolean) {
  return html`
    <p class="outage" role="status">
      <strong>${part} does not answer at the moment.</strong>
      ${hasFigures ? 'These are the last known figures.' : 'This fills in by itself as soon as it is back.'}
    </p>
  `;
}

export function placeholder(lines: number) {
  return html`<div class="waiting" aria-hidden="true">${Array.from({ length: lines }, () => html`<span></span>`)}</div>`;
}

export const hint = (text: string) => html`<p class="hint">${text}</p>`;
