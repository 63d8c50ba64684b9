import type { Forecast } from '../api/shapes.ts';
import { percent, plural } from '../figure/count.ts';

const NAMES: Readonly<Record<string, string>> = { mean: 'the mean of all days' };

/** What the days ahead rest on, and how far to trust them. A day of spend must be over before anything is said of the next. */
export function forecastBasis(forecast: Forecast | undefined, began = false): string {
  if (!forecast?.points.length || forecast.method === 'no_history')
    return began
      ? 'Spend began today: a forecast appears here tomorrow.'
      : 'A forecast appears here after the first day of spend.';
  const method = NAMES[forecast.method] ?? forecast.method.replaceAll(/[-_]/g, ' ');
  const days = forecast.historical_days_used ? ` from ${plural(forecast.historical_days_used, 'day')}` : '';
  const error = forecast.accuracy?.wape_total;
  const tried = typeof error === 'number' ? `, off by ${percent(error)} where it was tried on known days` : '';
  return `Days ahead by ${method}${days}${tried}.`;
}
