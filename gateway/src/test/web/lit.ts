// What the page uses of Lit, for the type check only: the Maven package carries the code without its types.

export interface TemplateResult {
  readonly strings: TemplateStringsArray;
}

export declare function html(strings: TemplateStringsArray, ...values: unknown[]): TemplateResult;
export declare function svg(strings: TemplateStringsArray, ...values: unknown[]): TemplateResult;
export declare const nothing: unique symbol;

export declare class LitElement extends HTMLElement {
  static properties: Readonly<Record<string, { readonly attribute?: boolean; readonly state?: boolean }>>;
  connectedCallback(): void;
  disconnectedCallback(): void;
  requestUpdate(): void;
  protected createRenderRoot(): HTMLElement;
  protected render(): unknown;
  protected updated(changed: Map<PropertyKey, unknown>): void;
  protected firstUpdated(changed: Map<PropertyKey, unknown>): void;
  protected willUpdate(changed: Map<PropertyKey, unknown>): void;
}
