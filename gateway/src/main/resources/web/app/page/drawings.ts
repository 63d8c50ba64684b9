import { html, svg } from 'lit';

export const brand = () => html`
  <span class="brand"><img src="/favicon.svg" alt="" width="26" height="26" /><span>Centime</span></span>
`;

const SUN = svg`
  <circle cx="12" cy="12" r="4" />
  <path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M5.6 18.4 7 17M17 7l1.4-1.4" />`;
const MOON = svg`<path d="M20 14.5A8 8 0 0 1 9.5 4a8 8 0 1 0 10.5 10.5Z" />`;

export const themeIcon = (theme: 'light' | 'dark') => html`
  <svg class="icon-drawing" viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
    ${theme === 'light' ? SUN : MOON}
  </svg>
`;
