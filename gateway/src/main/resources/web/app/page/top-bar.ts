import { html, nothing } from 'lit';
import type { LiveState } from '../api/live.ts';
import type { Me } from '../api/shapes.ts';
import { PageElement } from '../element.ts';
import { brand, themeIcon } from './drawings.ts';
import { otherTheme, switchTheme } from './theme.ts';

const LIVE: Readonly<Record<LiveState, string>> = { connecting: 'Connecting', live: 'Live', waiting: 'Reconnecting' };
const ROLE: Readonly<Record<Me['role'], string>> = {
  user: 'User',
  org_admin: 'Administrator',
  platform_admin: 'Platform administrator',
  ingest: 'Recording only',
};

/** Whose costs these are, whether they are live, and the way out. */
class TopBar extends PageElement {
  static override properties = { me: { attribute: false }, zone: { attribute: false }, live: { attribute: false } };
  declare me: Me;
  declare zone: string;
  declare live: LiveState;

  protected override render() {
    const flipping = `Switch to ${otherTheme()}`;
    return html`
      <header class="top-bar">
        ${brand()}
        <p class="organization">
          <strong title=${this.me.organization?.name ?? ''}>${this.me.organization?.name ?? 'All organizations'}</strong>
          <span class="muted" title="Days, weeks and months begin in this time zone">${this.zone}</span>
        </p>
        <p class="live live-${this.live}" role="status">
          <span class="dot" aria-hidden="true"></span>${LIVE[this.live]}
        </p>
        <p class="who muted">${this.me.user ? html`${this.me.user} · ` : nothing}${ROLE[this.me.role]}</p>
        <button class="icon" type="button" title=${flipping} aria-label=${flipping} @click=${this.flip}>
          ${themeIcon(otherTheme())}
        </button>
        <button type="button" @click=${() => this.announce('sign-out')}>Sign out</button>
      </header>
    `;
  }

  private flip(): void {
    switchTheme();
    this.requestUpdate();
  }
}

customElements.define('top-bar', TopBar);
