import { equal, match } from './assert.ts';
import { carry, downPart } from 'web/api/carry.ts';
import { Refusal, Unreachable, advice } from 'web/api/refusal.ts';
import type { Overview } from 'web/api/shapes.ts';
import { PERIODS, addressOf, periodOf } from 'web/page/period.ts';

const whole: Overview = {
  as_of: '2026-11-22T12:00:00Z',
  budgets: { items: [] },
  forecast: { method: 'theta', points: [] },
  unavailable: [],
};

Deno.test('a section whose service went down keeps its last figures', () => {
  const next = { ...whole, as_of: '2026-11-22T12:01:00Z', budgets: null, unavailable: ['budget'] };
  const shown = carry(whole, next);
  equal(shown.budgets, whole.budgets);
  equal(shown.as_of, next.as_of);
  equal(downPart(shown, 'budgets'), 'The budget service');
  equal(downPart(shown, 'forecast'), undefined);
});

Deno.test('a section that is empty for another reason is not carried', () => {
  equal(carry(whole, { ...whole, budgets: null }).budgets, null);
  equal(carry(undefined, { ...whole, budgets: null, unavailable: ['budget'] }).budgets, null);
});

Deno.test('a service is recognized by its short and its full name', () => {
  equal(downPart({ ...whole, unavailable: ['forecast-service'] }, 'forecast'), 'The forecast service');
});

Deno.test('every error says what to do', () => {
  match(advice(new Unreachable('refused')), /centime status/);
  match(advice(new Refusal(401, {})), /Ask an administrator/);
  match(advice(new Refusal(503, {})), /tries again/);
  equal(advice(new Refusal(400, { errors: [{ field: 'days', reason: 'at most 3660' }] })), 'days: at most 3660');
  equal(advice(new Refusal(418, { title: 'Teapot' })), 'Teapot');
  equal(advice(new Refusal(500, {})), 'HTTP 500');
  match(advice(new SyntaxError('x')), /Reload/);
});

Deno.test('a period and its address are each other’s inverse', () => {
  for (const period of PERIODS) equal(periodOf(new URL(addressOf(period), 'http://localhost').search), period);
  equal(periodOf('?days=12345'), periodOf(''));
});
