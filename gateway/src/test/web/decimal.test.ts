import { deepEqual, equal } from './assert.ts';
import { compare, decimal, divide, round } from 'web/figure/decimal.ts';

Deno.test('a decimal keeps every digit it is given', () => {
  deepEqual(decimal('0.100'), { digits: 100n, scale: 3 });
  deepEqual(decimal('-12.5'), { digits: -125n, scale: 1 });
  deepEqual(decimal('-0.5'), { digits: -5n, scale: 1 });
});

Deno.test('rounding is half away from zero', () => {
  deepEqual(round(decimal('2.5'), 0), { digits: 3n, scale: 0 });
  deepEqual(round(decimal('-2.5'), 0), { digits: -3n, scale: 0 });
  deepEqual(round(decimal('2.4999'), 0), { digits: 2n, scale: 0 });
  deepEqual(round(decimal('7'), 2), { digits: 700n, scale: 2 });
});

Deno.test('rounding agrees with whole numbers for ten thousand random amounts', () => {
  for (let run = 0; run < 10_000; run++) {
    const millis = BigInt(Math.floor(Math.random() * 2e9)) - 1_000_000_000n;
    const sign = millis < 0n ? -1n : 1n;
    equal(round({ digits: millis, scale: 3 }, 2).digits, sign * ((sign * millis + 5n) / 10n), String(millis));
  }
});

Deno.test('division rounds at the scale asked for', () => {
  deepEqual(divide(decimal('10'), 4n, 2), { digits: 250n, scale: 2 });
  deepEqual(divide(decimal('2'), 3n, 4), { digits: 6667n, scale: 4 });
  deepEqual(divide(decimal('0.123456'), 2n, 2), { digits: 6n, scale: 2 });
  equal(divide(decimal('1'), 0n, 2), undefined);
});

Deno.test('comparison does not mind the scale', () => {
  equal(compare(decimal('1.0'), decimal('1')), 0);
  equal(compare(decimal('0.9999999999999999999'), decimal('1')), -1);
  equal(compare(decimal('1'), decimal('-1')), 1);
});
