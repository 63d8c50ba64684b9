import { html } from 'lit';

const SAID_MS = 2000;

/** Copies a text and says so on the button for a moment. Without a clipboard (plain HTTP) it selects the text beside it instead. */
export function copyButton(text: string) {
  return html`<button class="quiet" type="button" @click=${(event: MouseEvent) => copy(event.currentTarget as HTMLButtonElement, text)}>Copy</button>`;
}

async function copy(button: HTMLButtonElement, text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    button.dataset['said'] = 'Copied';
  } catch {
    const source = button.previousElementSibling;
    if (source) getSelection()?.selectAllChildren(source);
    button.dataset['said'] = 'Selected';
  }
  setTimeout(() => delete button.dataset['said'], SAID_MS);
}
