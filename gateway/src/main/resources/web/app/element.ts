import { LitElement } from 'lit';

/**
 * A component in the page's own tree instead of a shadow tree: one stylesheet, labels and headings that find each
 * other across components, and nothing for `style-src 'self'` to refuse.
 */
export class PageElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected announce<T>(name: string, detail?: T): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }
}
