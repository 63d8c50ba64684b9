import { html } from 'lit';
import { PageElement } from '../element.ts';
import { brand } from '../page/drawings.ts';
import type { Document } from './openapi.ts';
import { operationBody } from './operation-body.ts';
import { type Entry, groups } from './operations.ts';

/** The API to read: every operation with its parameters, bodies and answers, from /openapi.json. */
class ApiDocs extends PageElement {
  static override properties = { document: { state: true }, wanted: { state: true }, trouble: { state: true } };
  declare private document: Document | undefined;
  declare private wanted: string;
  declare private trouble: string;

  constructor() {
    super();
    this.wanted = '';
    this.trouble = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override render() {
    if (!this.document) return html`<p class="starting" role="status">${this.trouble}</p>`;
    const { info } = this.document;
    const found = groups(this.document, this.wanted);
    return html`
      <header class="top-bar">${brand()} <a href="/">Cost overview</a></header>
      <main class="docs">
        <h1>${info.title} <span class="muted">${info.version}</span></h1>
        ${info.description ? html`<p>${info.description}</p>` : ''}
        <p class="muted">As a file: <a href="/openapi.json">openapi.json</a>, <a href="/openapi.yaml">openapi.yaml</a></p>
        <label class="filter">Find <input type="search" .value=${this.wanted} @input=${this.filter} /></label>
        ${found.size === 0 ? html`<p class="hint">Nothing is called that.</p>` : ''}
        ${[...found].map(([name, entries]) => this.group(name, entries))}
      </main>
    `;
  }

  /** The operation that the address names is opened once it is there. */
  protected override updated(): void {
    const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (named instanceof HTMLDetailsElement && !named.dataset['shown']) {
      named.dataset['shown'] = named.open ? 'open' : 'opened';
      named.open = true;
      named.scrollIntoView();
    }
  }

  private group(name: string, entries: readonly Entry[]) {
    return html`
      <section class="panel" aria-label=${name}>
        <h2>${name}</h2>
        ${entries.map((entry) => this.entry(entry))}
      </section>
    `;
  }

  private entry({ id, method, path, operation }: Entry) {
    return html`
      <details id=${id}>
        <summary>
          <span class="method method-${method}">${method}</span> <code>${path}</code>
          <span class="muted">${operation.summary ?? ''}</span>
        </summary>
        ${operationBody(operation, this.document!)}
      </details>
    `;
  }

  private filter(event: InputEvent): void {
    this.wanted = (event.currentTarget as HTMLInputElement).value.trim();
  }

  private async load(): Promise<void> {
    try {
      const response = await fetch('/openapi.json', { headers: { Accept: 'application/json' } });
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      this.document = (await response.json()) as Document;
    } catch (error) {
      this.trouble = `The description of the API cannot be read (${error instanceof Error ? error.message : 'no answer'}).`;
    }
  }
}

customElements.define('api-docs', ApiDocs);
