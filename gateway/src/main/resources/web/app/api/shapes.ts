// The answers this page reads, as docs of the REST API name them. Only the fields it uses; it ignores the rest.

/** A decimal string with all its digits; see figure/money.ts. */
export type Money = string;

export interface Me {
  readonly role: 'user' | 'org_admin' | 'platform_admin' | 'ingest';
  readonly csrf_token?: string | null;
  readonly user?: string | null;
  readonly organization?: { readonly id: string; readonly name: string; readonly time_zone: string } | null;
}

export interface PeriodTotal {
  readonly total_cost: Money;
  readonly requests: number;
  readonly previous_total_cost?: Money | null;
  readonly change_percent?: number | string | null;
}

export interface Summary {
  readonly today: PeriodTotal;
  readonly this_week: PeriodTotal;
  readonly this_month: PeriodTotal;
  readonly this_year?: PeriodTotal;
  readonly projected_month_cost?: Money | null;
}

export interface History {
  readonly points: readonly { readonly date: string; readonly total_cost: Money; readonly requests: number }[];
  readonly total_cost: Money;
  readonly daily_average?: Money | null;
}

export interface BreakdownItem {
  readonly key: string | null;
  readonly total_cost: Money;
  readonly share: number | string | null;
  readonly requests: number;
  readonly total_tokens?: number;
}

export interface Breakdown {
  readonly dimension: string;
  readonly period: { readonly start: string; readonly end: string; readonly time_zone: string };
  readonly items: readonly BreakdownItem[];
  readonly total_cost: Money;
  readonly requests: number;
  readonly unpriced_requests: number;
  readonly next_cursor?: string | null;
}

export type AlertLevel = 'none' | 'warning' | 'critical' | 'exceeded';

export interface Budget {
  readonly id: string;
  readonly name: string;
  readonly total_limit: Money;
  readonly budget_type: string;
  readonly is_active?: boolean;
  readonly scope?: Readonly<Record<string, unknown>>;
  readonly thresholds?: readonly { readonly percent: number | string; readonly action: string }[];
  readonly status?: BudgetStatus | null;
}

export interface BudgetStatus {
  readonly current_spend: Money;
  readonly remaining: Money;
  readonly utilization: number | string;
  readonly alert_level: AlertLevel;
  readonly blocked?: boolean;
  readonly days_remaining?: number | null;
  readonly exhaustion_at_rate?: string | null;
}

export interface Alert {
  readonly id: string;
  readonly level?: string;
  readonly severity?: string;
  readonly title?: string;
  readonly message?: string;
  readonly raised_at?: string;
  readonly acknowledged_at?: string | null;
}

/** The bounds are null where there is too little history to give any. */
export interface Interval {
  readonly lower: Money | null;
  readonly expected: Money;
  readonly upper: Money | null;
}

export interface Forecast {
  readonly method: string;
  readonly level?: number | string;
  readonly accuracy?: { readonly wape_total: number | null } | null;
  readonly historical_days_used?: number;
  readonly points: readonly ({ readonly date: string } & Interval)[];
  readonly totals?: Readonly<Partial<Record<'tomorrow' | 'next_3_days' | 'next_7_days' | 'horizon', Interval>>>;
}

export interface Recommendation {
  readonly id: string;
  readonly status: 'pending' | 'accepted' | 'rejected' | 'implemented' | 'verified' | 'archived';
  readonly recommendation_type: string;
  readonly title: string;
  readonly description: string;
  /** For 30 days. */
  readonly estimated_savings: Money;
  readonly savings_percentage: number;
  readonly confidence_score: number;
  readonly implementation_difficulty: string;
  readonly quality_impact: string;
}

interface Listed<T> {
  readonly items: readonly T[];
}

/** Each section is one service's answer; null where that service is named in `unavailable`. */
export interface Overview {
  readonly as_of: string;
  readonly summary?: Summary | null;
  readonly history?: History | null;
  readonly by_model?: Breakdown | null;
  readonly budgets?: Listed<Budget> | null;
  readonly alerts?: Listed<Alert> | null;
  readonly forecast?: Forecast | null;
  readonly recommendations?: Listed<Recommendation> | null;
  readonly unavailable: readonly string[];
}
