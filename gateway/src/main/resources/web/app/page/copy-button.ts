import { html } from 'lit';

const SAID_MS = 2000;

/** Copies a text and says so on the button for a moment; without a clipboard (plain HTTP) it selects the text. */
export function copyButton(text: string) {
  const onClick = (event: MouseEvent) => copy(event.currentTarget as HTMLButtonElement, text);
  return html`<button type="button" @click=${onClick}>Copy</button>`;
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
