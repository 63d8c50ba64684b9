import { html, nothing } from 'lit';
import type { Alert } from '../api/shapes.ts';
import { ago, moment } from '../figure/ago.ts';
import { hint, panel, placeholder } from './panel.ts';

const MOST = 6;

/** What was raised lately, whatever the cause. */
export function alertList(alerts: readonly Alert[] | undefined, down: string | undefined, zone: string, now: number) {
  return panel({ id: 'alerts', title: 'Alerts', down, body: body(alerts, down, zone, now) });
}

function body(alerts: readonly Alert[] | undefined, down: string | undefined, zone: string, now: number) {
  if (!alerts) return down ? nothing : placeholder(2);
  if (alerts.length === 0) return hint('No alerts. Crossing a budget’s threshold raises one.');
  return html`<ul class="alerts">${alerts.slice(0, MOST).map((alert) => line(alert, zone, now))}</ul>`;
}

function line(
  { severity = 'info', title, message, raised_at: raisedAt, acknowledged_at: acknowledged }: Alert,
  zone: string,
  now: number,
) {
  return html`
    <li class="alert severity-${severity} ${acknowledged ? 'alert-done' : ''}">
      <p class="alert-head">
        <strong>${title ?? message}</strong>
        ${raisedAt ? when(raisedAt, zone, now) : nothing}
      </p>
      <p>
        <span class="badge">${severity}</span>${acknowledged ? html` <span class="muted">acknowledged</span>` : nothing}
        ${title && message ? html`<span class="alert-text">${message}</span>` : nothing}
      </p>
    </li>
  `;
}

function when(instant: string, zone: string, now: number) {
  return html`
    <time class="muted" datetime=${instant} title="${moment(instant, zone)}, ${zone}">${ago(instant, now)}</time>
  `;
}
