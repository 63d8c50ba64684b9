import { equal } from './assert.ts';
import { addDays, daysBetween, lastOfMonth, longDay, shortDay, today } from 'web/figure/day.ts';

Deno.test('days are counted on the calendar, across leap days and clock changes', () => {
  equal(addDays('2028-02-28', 1), '2028-02-29');
  equal(addDays('2026-01-01', -1), '2025-12-31');
  equal(addDays('2026-10-24', 2), '2026-10-26');
  equal(daysBetween('2026-03-01', '2026-04-01'), 31);
  equal(lastOfMonth('2028-02-11'), '2028-02-29');
  equal(lastOfMonth('2026-12-31'), '2026-12-31');
});

Deno.test('today is the organization’s day, not the reader’s', () => {
  const evening = Date.parse('2026-11-22T19:00:00Z');
  equal(today('UTC', evening), '2026-11-22');
  equal(today('Asia/Kolkata', evening), '2026-11-23');
  equal(today('America/Los_Angeles', Date.parse('2026-11-22T03:00:00Z')), '2026-11-21');
});

Deno.test('days are written for people', () => {
  equal(shortDay('2026-11-02'), '2 Nov');
  equal(longDay('2026-11-17'), 'Tue, 17 Nov 2026');
});
