import { deepEqual, equal, ok } from './assert.ts';
import { describeDay } from 'web/chart/describe-day.ts';
import { plot } from 'web/chart/plot.ts';
import { labelEvery, linear, ticks } from 'web/chart/scale.ts';
import { step } from 'web/chart/steps.ts';
import { timeline } from 'web/chart/timeline.ts';
import { forecastBasis } from 'web/panel/forecast-basis.ts';

const FRAME = { width: 400, height: 200, left: 40, right: 0, top: 10, bottom: 20 };

Deno.test('ticks are round and reach the highest value', () => {
  deepEqual(ticks(15.2, 4), [0, 5, 10, 15, 20]);
  deepEqual(ticks(100, 4), [0, 25, 50, 75, 100]);
  deepEqual(ticks(0, 4), [0]);
  for (const highest of [1e-7, 0.0042, 0.9, 3, 7.31, 99.99, 12_345, 8e9]) {
    const drawn = ticks(highest, 4);
    ok(drawn.length <= 5 && drawn[drawn.length - 1] >= highest * (1 - 1e-9), `${highest}: ${drawn}`);
  }
});

Deno.test('a scale of nothing stays on its baseline', () => {
  equal(linear(0, 180, 10)(5), 180);
  equal(linear(10, 180, 10)(10), 10);
});

Deno.test('labels keep their distance', () => {
  equal(labelEvery(7, 700, 58), 1);
  equal(labelEvery(44, 600, 58), 7);
  equal(labelEvery(120, 300, 58), 28);
});

Deno.test('keys move by a day, a week or to an end, and stop there', () => {
  equal(step('ArrowLeft', 0, 30), 0);
  equal(step('ArrowRight', 3, 30), 4);
  equal(step('PageUp', 28, 30), 29);
  equal(step('Home', 12, 30), 0);
  equal(step('End', 12, 30), 29);
  equal(step('a', 12, 30), undefined);
});

const history = {
  points: [
    { date: '2026-11-21', total_cost: '10', requests: 100 },
    { date: '2026-11-22', total_cost: '4', requests: 40 },
  ],
  total_cost: '14',
};
const interval = (date: string, upper = '14') => ({ date, lower: '8', expected: '11', upper });

Deno.test('the timeline joins spend and forecast after today, and no day stands twice', () => {
  const forecast = {
    method: 'theta',
    points: ['2026-11-22', '2026-11-23', '2026-11-24'].map((date) => interval(date)),
  };
  const days = timeline(history, forecast, '2026-11-22');
  deepEqual(
    days.map(({ date }) => date),
    ['2026-11-21', '2026-11-22', '2026-11-23', '2026-11-24'],
  );
  equal(days[1].partial, true);
  equal(days[1].expected, undefined);
  equal(days[2].expected?.expected, '11');
});

Deno.test('a short period shows a week ahead, however far the forecast goes', () => {
  const points = Array.from({ length: 30 }, (_, ahead) => interval(`2026-12-${String(ahead + 1).padStart(2, '0')}`));
  const days = timeline(history, { method: 'theta', points }, '2026-11-30');
  equal(days.filter(({ expected }) => expected).length, 7);
});

Deno.test('bars stand on the baseline and grow with spend', () => {
  const { bars, baseline } = plot(timeline(history, undefined, '2026-11-22'), FRAME);
  equal(bars.length, 2);
  for (const bar of bars) ok(Math.abs(bar.y + bar.height - baseline) < 1e-9);
  ok(Math.abs(bars[0].height - 2.5 * bars[1].height) < 1e-9);
});

Deno.test('an absurdly wide interval does not press the spend flat', () => {
  const days = timeline(history, { method: 'theta', points: [interval('2026-11-23', '100000')] }, '2026-11-22');
  const { bars, grid } = plot(days, FRAME);
  ok(grid[grid.length - 1].value <= 20);
  ok(bars[0].height > 50);
});

Deno.test('nothing spent draws a baseline and no line', () => {
  const days = timeline(
    { points: [{ date: '2026-11-22', total_cost: '0', requests: 0 }], total_cost: '0' },
    undefined,
    '2026-11-22',
  );
  const { bars, line, band } = plot(days, FRAME);
  deepEqual([bars[0].height, line, band], [0, '', '']);
});

Deno.test('a day is described in the same words for eyes and ears', () => {
  const [, today, ahead] = timeline(history, { method: 'theta', points: [interval('2026-11-23')] }, '2026-11-22');
  equal(describeDay(today), 'Sun, 22 Nov 2026, so far · $4.00 · 40 requests');
  equal(describeDay(ahead), 'Mon, 23 Nov 2026 · expected $11.00 · between $8.00 and $14.00');
  equal(describeDay(undefined), '');
});

Deno.test('a forecast without bounds is a line without a band', () => {
  const days = timeline(
    history,
    { method: 'mean', points: [{ ...interval('2026-11-23'), lower: null, upper: null }] },
    '2026-11-22',
  );
  const { line, band } = plot(days, FRAME);
  ok(line.startsWith('M'));
  equal(band, '');
  equal(describeDay(days[2]), 'Mon, 23 Nov 2026 · expected $11.00');
});

Deno.test('the forecast says what it rests on', () => {
  const points = [interval('2026-11-23')];
  equal(
    forecastBasis({ method: 'seasonal_naive', historical_days_used: 59, accuracy: { wape_total: 0.083 }, points }),
    'Days ahead by seasonal naive from 59 days, off by 8.3% where it was tried on known days.',
  );
  equal(
    forecastBasis({ method: 'mean', historical_days_used: 1, points }),
    'Days ahead by the mean of all days from 1 day.',
  );
  equal(forecastBasis({ method: 'no_history', points }), forecastBasis(undefined));
  equal(forecastBasis({ method: 'no_history', points }, true), 'Spend began today: a forecast appears here tomorrow.');
});
