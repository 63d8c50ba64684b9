import { html, nothing } from 'lit';
import type { AlertLevel, Budget, BudgetStatus } from '../api/shapes.ts';
import { budgetBar } from '../chart/budget-bar.ts';
import { moment } from '../figure/ago.ts';
import { percent, plural } from '../figure/count.ts';
import { exactMoney, money } from '../figure/money.ts';
import { hint, panel, placeholder } from './panel.ts';

const LEVEL: Readonly<Record<AlertLevel, string>> = {
  none: 'Within limit',
  warning: 'Warning',
  critical: 'Critical',
  exceeded: 'Exceeded',
};

/** Every budget with its bar, the fullest first. */
export function budgetList(budgets: readonly Budget[] | undefined, down: string | undefined, zone: string) {
  return panel({ id: 'budgets', title: 'Budgets', down, body: body(budgets, down, zone) });
}

function body(budgets: readonly Budget[] | undefined, down: string | undefined, zone: string) {
  if (!budgets) return down ? nothing : placeholder(3);
  if (budgets.length === 0) {
    return html`
      <p class="hint">No budget yet. Set one with <code>centime cost budget set --monthly 100</code></p>
    `;
  }
  const fullestFirst = budgets
    .filter(({ is_active: active }) => active !== false)
    .toSorted((a, b) => used(b) - used(a));
  return html`<ul class="budgets">${fullestFirst.map((budget) => line(budget, zone))}</ul>`;
}

const used = ({ status }: Budget) => Number(status?.utilization ?? 0);

function line(budget: Budget, zone: string) {
  const { name, total_limit: limit, budget_type: type, status, thresholds } = budget;
  if (!status) {
    const unknown = hint(`${money(limit)} ${type}; its spend is not known yet.`);
    return html`<li><p class="budget-name">${name}</p>${unknown}</li>`;
  }
  return html`
    <li class="budget level-${status.alert_level}">
      <p class="budget-head">
        <span class="budget-name" title=${name}>${name}</span>
        <span class="badge">${status.blocked ? 'Blocked' : LEVEL[status.alert_level]}</span>
      </p>
      ${budgetBar(
        Number(status.utilization),
        (thresholds ?? []).map(({ percent: at }) => Number(at) / 100),
      )}
      <p class="budget-figures">
        <span title="${exactMoney(status.current_spend)} of ${exactMoney(limit)}">
          <strong>${money(status.current_spend)}</strong> of ${money(limit)}
        </span>
        <span>${percent(Number(status.utilization))}</span>
      </p>
      <p class="muted">${type} · ${outlook(status, zone)}</p>
    </li>
  `;
}

function outlook(status: BudgetStatus, zone: string): string {
  const days = typeof status.days_remaining === 'number' ? `${plural(status.days_remaining, 'day')} left` : '';
  return [days, rest(status, zone)].filter(Boolean).join(' · ');
}

function rest({ remaining, exhaustion_at_rate: end }: BudgetStatus, zone: string): string {
  if (remaining.startsWith('-')) return `${money(remaining.slice(1))} over`;
  return end ? `at this rate used up ${moment(end, zone)}` : `${money(remaining)} to spend`;
}
