import { html, nothing } from 'lit';
import { signIn } from '../api/client.ts';
import { advice } from '../api/refusal.ts';
import { PageElement } from '../element.ts';
import { brand } from './drawings.ts';

/** Asks for a key and trades it for a session cookie; the key itself is kept nowhere. */
class SignIn extends PageElement {
  static override properties = { notice: { attribute: false }, refused: { state: true }, busy: { state: true } };
  declare notice: string;
  declare private refused: string;
  declare private busy: boolean;

  constructor() {
    super();
    this.notice = '';
    this.refused = '';
    this.busy = false;
  }

  protected override firstUpdated(): void {
    this.querySelector('input')?.focus();
  }

  protected override render() {
    return html`
      <main class="sign-in">
        <form class="sign-in-card" @submit=${this.submit}>
          ${brand()}
          <h1>What your LLM calls cost</h1>
          ${this.notice ? html`<p class="muted" role="status">${this.notice}</p>` : nothing}
          <label for="key">API key</label>
          <input
            id="key"
            type="password"
            required
            autocomplete="current-password"
            spellcheck="false"
            aria-invalid=${this.refused ? 'true' : 'false'}
            aria-describedby="key-help key-error"
          />
          <p id="key-error" class="error" role="alert">${this.refused}</p>
          <button class="primary" type="submit" ?disabled=${this.busy}>
            ${this.busy ? 'Signing in…' : 'Sign in'}
          </button>
          <p id="key-help" class="muted">
            The first key was printed by <code>./centime up</code>; <code>./centime status</code> says where it is kept.
          </p>
        </form>
      </main>
    `;
  }

  private async submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const input = this.querySelector('input');
    if (!input || this.busy) return;
    this.busy = true;
    this.refused = '';
    try {
      await signIn(input.value.trim());
      this.announce('signed-in');
    } catch (error) {
      this.refused = advice(error);
      input.select();
    } finally {
      this.busy = false;
    }
  }
}

customElements.define('sign-in', SignIn);
