import { html, nothing } from 'lit';
import type { Forecast } from '../api/shapes.ts';

/** What the daily chart's colours mean. The chart speaks for itself to a screen reader, so this is for eyes. */
export function legend(forecast: Forecast | undefined) {
  const level = forecast?.level ? `${Math.round(Number(forecast.level) * 100)}% interval` : 'interval';
  const ahead = forecast?.points.length
    ? html`<li><i class="swatch swatch-expected"></i>expected</li>
        <li><i class="swatch swatch-band"></i>${level}</li>`
    : nothing;
  return html`
    <ul class="legend" aria-hidden="true">
      <li><i class="swatch swatch-spent"></i>spent</li>
      <li><i class="swatch swatch-partial"></i>today so far</li>
      ${ahead}
    </ul>
  `;
}
