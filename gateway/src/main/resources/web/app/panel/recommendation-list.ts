import { html, nothing } from 'lit';
import type { Recommendation } from '../api/shapes.ts';
import { percent } from '../figure/count.ts';
import { exactMoney, money } from '../figure/money.ts';
import { hint, panel, placeholder } from './panel.ts';

const MOST = 4;

/** What could be saved, in the service's order: the most urgent first. */
export function recommendationList(recommendations: readonly Recommendation[] | undefined, down: string | undefined) {
  return panel({ id: 'recommendations', title: 'Savings', down, body: body(recommendations, down) });
}

function body(recommendations: readonly Recommendation[] | undefined, down: string | undefined) {
  if (!recommendations) return down ? nothing : placeholder(3);
  const standing = recommendations.filter(({ status }) => status === 'pending' || status === 'accepted');
  if (standing.length === 0) {
    return hint('Nothing to advise. Advice is worked out from your own calls, priced again on other models.');
  }
  return html`<ol class="savings">${standing.slice(0, MOST).map(line)}</ol>`;
}

function line(advice: Recommendation) {
  const facts = [
    advice.status === 'accepted' ? 'accepted' : undefined,
    `${advice.implementation_difficulty} to do`,
    `${advice.quality_impact} quality impact`,
    `${percent(advice.confidence_score)} confidence`,
  ].filter(Boolean);
  const saving = advice.estimated_savings;
  return html`
    <li>
      <p class="saving-head">
        <span class="saving-title">${advice.title}</span>
        <strong class="saving" title="${exactMoney(saving)} in 30 days, on the calls it was derived from">
          ${money(saving)} a month
        </strong>
      </p>
      <p class="saving-text">${advice.description}</p>
      <p class="muted">${facts.join(' · ')}</p>
    </li>
  `;
}
