import type { Forecast } from '../api/shapes.ts';
import { percent, plural } from '../figure/count.ts';

const NAMES: Readonly<Record<string, string>> = { mean: 'the mean of all days' };

/** What the days ahead rest on, and how far to trust them. */
export function forecastBasis(forecast: Forecast | undefined): string {
  if (!forecast?.points.length || forecast.method === 'no_history')
    return 'A forecast appears here after a few days of spend.';
  const method = NAMES[forecast.method] ?? forecast.method.replaceAll(/[-_]/g, ' ');
  const days = forecast.historical_days_used ? ` from ${plural(forecast.historical_days_used, 'day')}` : '';
  const error = forecast.accuracy?.wape_total;
  const tried = typeof error === 'number' ? `, off by ${percent(error)} where it was tried on known days` : '';
  return `Days ahead by ${method}${days}${tried}.`;
}
