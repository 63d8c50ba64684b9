import { deepEqual, equal } from './assert.ts';
import { ago } from 'web/figure/ago.ts';
import { change } from 'web/figure/change.ts';
import { compactCount, percent, plural } from 'web/figure/count.ts';

Deno.test('a period that is above as much of the one before says by how much', () => {
  deepEqual(change(11.8, 'last week by now', true), { direction: 'above', text: '▲ 12% on last week by now' });
  equal(change(1900, 'yesterday', true)?.text, '▲ 20× on yesterday');
  equal(change(5_000_000, 'yesterday', true)?.text, '▲ >999× on yesterday');
});

Deno.test('a period that is below as much of the one before says by how much', () => {
  deepEqual(change('-40', 'last month', true), { direction: 'below', text: '▼ 40% on last month' });
  equal(change(-100, 'yesterday', false)?.text, '▼ 100% on yesterday');
  deepEqual(change(0, 'yesterday', true), { direction: 'same', text: 'as yesterday' });
});

Deno.test('without a previous period spend is new, and no spend is nothing', () => {
  deepEqual(change(null, 'yesterday', true), { direction: 'new', text: 'nothing yesterday' });
  equal(change(undefined, 'yesterday', false), undefined);
});

Deno.test('a share never claims to be none or all when it is not', () => {
  equal(percent(0), '0%');
  equal(percent(0.0001), '<0.1%');
  equal(percent(0.067), '6.7%');
  equal(percent(0.06), '6%');
  equal(percent(0.52), '52%');
  equal(percent(0.9999), '>99.9%');
  equal(percent(1), '100%');
  equal(percent(1.27), '127%');
});

Deno.test('counts are grouped, and compact from ten thousand on', () => {
  equal(plural(1, 'request'), '1 request');
  equal(plural(1234, 'request'), '1,234 requests');
  equal(compactCount(9999), '9,999');
  equal(compactCount(12_345_678), '12.3M');
});

Deno.test('how long ago something was', () => {
  const now = Date.parse('2026-11-22T12:00:00Z');
  equal(ago('2026-11-22T11:59:40Z', now), 'just now');
  equal(ago('2026-11-22T11:55:00Z', now), '5 min. ago');
  equal(ago('2026-11-21T09:00:00Z', now), 'yesterday');
});
