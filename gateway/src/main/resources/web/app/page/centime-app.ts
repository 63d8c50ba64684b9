import { html } from 'lit';
import { me, signOut } from '../api/client.ts';
import { Refusal, advice } from '../api/refusal.ts';
import type { Me } from '../api/shapes.ts';
import { PageElement } from '../element.ts';
import './cost-overview.ts';
import './sign-in.ts';

const RETRY_MS = 3000;

/** The whole page: finds out who is there, and shows the sign-in or the costs. */
class CentimeApp extends PageElement {
  static override properties = { who: { state: true }, notice: { state: true }, known: { state: true } };
  declare private who: Me | undefined;
  declare private notice: string;
  declare private known: boolean;

  constructor() {
    super();
    this.notice = '';
    this.known = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.recognize();
  }

  protected override render() {
    if (this.who) {
      return html`
        <cost-overview .me=${this.who} @session-ended=${this.sessionEnded} @sign-out=${this.leave}></cost-overview>
      `;
    }
    if (this.known) return html`<sign-in .notice=${this.notice} @signed-in=${this.recognize}></sign-in>`;
    return html`<p class="starting" role="status">${this.notice}</p>`;
  }

  private async recognize(): Promise<void> {
    try {
      this.who = await me();
      this.notice = '';
    } catch (error) {
      this.who = undefined;
      if (error instanceof Refusal && error.status === 401) this.known = true;
      else this.retry(error);
    }
  }

  private retry(error: unknown): void {
    this.notice = advice(error);
    setTimeout(() => void this.recognize(), RETRY_MS);
  }

  private sessionEnded(): void {
    this.who = undefined;
    this.known = true;
    this.notice = 'Your session has ended. Sign in again to go on.';
  }

  private async leave(): Promise<void> {
    await signOut().catch(() => undefined);
    this.who = undefined;
    this.known = true;
    this.notice = 'You are signed out.';
  }
}

customElements.define('centime-app', CentimeApp);
