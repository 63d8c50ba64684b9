/**
 * Spend against limits.
 *
 * <p>In: {@code UsageRecorded}, {@code UsageRepriced} and {@code UsageCorrected} of ingest-service, alerts of every service. Commands: create, change and
 * delete a budget, acknowledge an alert. Out: {@code BudgetSet}, {@code BudgetDeleted}, {@code AlertRaised}, {@code
 * AlertAcknowledged}. Views: what counts against each budget and which thresholds that reached ({@code view.budgetspend}), the
 * budgets and how they stand ({@code view.budgets}), the alerts ({@code view.alerts}). Reactions: a threshold reached becomes an
 * alert, an alert messages by console, mail, Slack and webhooks ({@code delivery}, {@code channel}), an organization's new calendar that of its budgets. Arithmetic: {@code limit}.
 *
 * <p>Paths: {@code /api/v1/budgets}, {@code /api/v1/alerts}, {@code /api/v1/webhooks}.
 */
@org.jspecify.annotations.NullMarked
package dev.centime.budget;
