export interface Period {
  readonly query: string;
  readonly label: string;
  readonly title: string;
}

/** The periods to choose from; the query is the API's own, and stands in the page's address too. */
export const PERIODS: readonly Period[] = [
  { query: 'days=7', label: '7 days', title: 'the last 7 days' },
  { query: 'days=30', label: '30 days', title: 'the last 30 days' },
  { query: 'days=90', label: '90 days', title: 'the last 90 days' },
  { query: 'period=month', label: 'Month', title: 'this month' },
];

const USUAL = PERIODS[1];

export function periodOf(address: string): Period {
  const asked = new URLSearchParams(address);
  return (
    PERIODS.find(({ query }) => [...new URLSearchParams(query)].every(([name, value]) => asked.get(name) === value)) ??
    USUAL
  );
}

/** The address of a period, so that it can be reloaded, bookmarked and sent. */
export function addressOf(period: Period): string {
  return period === USUAL ? '/' : `/?${period.query}`;
}
