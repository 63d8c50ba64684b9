import type { Overview } from './shapes.ts';

const SECTIONS = ['summary', 'history', 'by_model', 'budgets', 'alerts', 'forecast', 'recommendations'] as const;

export type Section = (typeof SECTIONS)[number];

const SERVICE_OF: Readonly<Record<Section, string>> = {
  summary: 'ingest',
  history: 'ingest',
  by_model: 'ingest',
  budgets: 'budget',
  alerts: 'budget',
  forecast: 'forecast',
  recommendations: 'recommendation',
};

const PART: Readonly<Record<string, string>> = {
  ingest: 'Cost analysis',
  budget: 'The budget service',
  forecast: 'The forecast service',
  recommendation: 'The recommendation service',
};

/** While a service is down its panel keeps the figures it last had, if they are of the same period. */
export function carry(previous: Overview | undefined, next: Overview): Overview {
  if (!previous) return next;
  const kept = SECTIONS.filter((section) => !next[section] && isDown(next, section));
  return { ...next, ...Object.fromEntries(kept.map((section) => [section, previous[section]])) };
}

/** The name of the part that does not answer, or `undefined` when the section is as good as it gets. */
export function downPart(overview: Overview, section: Section): string | undefined {
  return isDown(overview, section) ? PART[SERVICE_OF[section]] : undefined;
}

function isDown(overview: Overview, section: Section): boolean {
  return overview.unavailable.some((name) => name.startsWith(SERVICE_OF[section]));
}
