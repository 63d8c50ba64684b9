import { html, nothing } from 'lit';
import type { Recommendation } from '../api/shapes.ts';
import { percent } from '../figure/count.ts';
import { exactMoney, money } from '../figure/money.ts';
import { hint, panel, placeholder } from './panel.ts';

const MOST = 4;

/** What could be saved, the most important first as the service orders it. */
export function recommendationList(recommendations: readonly Recommendation[] | undefined, down: string | undefined) {
  return panel({ id: 'recommendations', title: 'Savings', down, body: body(recommendations, down) });
}

function body(recommendations: readonly Recommendation[] | undefined, down: string | undefined) {
  if (!recommendations) return down ? nothing : placeholder(3);
  if (recommendations.length === 0) {
    return hint('Nothing to advise. Advice is worked out from your own calls, priced again on other models.');
  }
  return html`<ol class="savings">${recommendations.slice(0, MOST).map(line)}</ol>`;
}

function line(recommendation: Recommendation) {
  const { recommendation_type: type, title, description, estimated_savings: saving } = recommendation;
  const { implementation_difficulty: difficulty, confidence_score: confidence } = recommendation;
  const facts = [
    saving ? 'a month' : undefined,
    difficulty,
    confidence === undefined ? undefined : `${percent(confidence)} confidence`,
  ].filter(Boolean);
  return html`
    <li>
      <p class="saving-head">
        <span class="saving-title">${title ?? type.replaceAll('_', ' ')}</span>
        ${saving ? html`<strong class="saving" title=${exactMoney(saving)}>${money(saving)}</strong>` : nothing}
      </p>
      ${description ? html`<p class="saving-text">${description}</p>` : nothing}
      <p class="muted">${facts.join(' · ')}</p>
    </li>
  `;
}
