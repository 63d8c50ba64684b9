import { svg } from 'lit';

/** A bar filled to a fraction; SVG, since a width in a style attribute is what the content security policy refuses. */
export function shareBar(fraction: number) {
  const filled = Math.max(0, Math.min(1, fraction)) * 100;
  return svg`
    <svg class="share-bar" role="presentation" preserveAspectRatio="none" viewBox="0 0 100 8">
      <rect class="share-rest" width="100" height="8" />
      <rect class="share-fill" width=${filled} height="8" />
    </svg>`;
}
