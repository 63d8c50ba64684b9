import { equal, throws } from './assert.ts';
import { axisMoney, exactMoney, money, moneyPer } from 'web/figure/money.ts';

Deno.test('money shows cents from a dollar up, rounded half up', () => {
  equal(money('0'), '$0.00');
  equal(money('1'), '$1.00');
  equal(money('1.005'), '$1.01');
  equal(money('1234567.894999999999999999'), '$1,234,567.89');
  equal(money('999999.995'), '$1,000,000.00');
});

Deno.test('money below a dollar keeps two significant digits', () => {
  equal(money('0.42'), '$0.42');
  equal(money('0.4'), '$0.40');
  equal(money('0.0142'), '$0.014');
  equal(money('0.0042'), '$0.0042');
  equal(money('0.000000123456'), '$0.00000012');
  equal(money('0.000000000000000001'), '$0.000000000000000001');
});

Deno.test('money that rounds up to the next unit carries', () => {
  equal(money('0.999'), '$1.00');
  equal(money('0.0999'), '$0.10');
  equal(money('0.00999'), '$0.01');
});

Deno.test('money below zero carries its sign before the dollar', () => {
  equal(money('-12.5'), '−$12.50');
  equal(money('-0.0042'), '−$0.0042');
});

Deno.test('money keeps totals that a floating point number would lose', () => {
  equal(money('90071992547409931.07'), '$90,071,992,547,409,931.07');
  equal(exactMoney('9007199254740993.000000000000000001'), '$9,007,199,254,740,993.000000000000000001');
});

Deno.test('exact money shows every digit and no trailing zeros beyond the cents', () => {
  equal(exactMoney('0.004213370000000000'), '$0.00421337');
  equal(exactMoney('33'), '$33.00');
  equal(exactMoney('-1234.5'), '−$1,234.50');
});

Deno.test('money reads exponents as a big decimal may print them', () => {
  equal(money('1.2E-7'), '$0.00000012');
  equal(money('5E+3'), '$5,000.00');
});

Deno.test('money refuses what is no decimal', () => {
  for (const text of ['', 'NaN', '1,5', '0x10', 'Infinity', '1.']) throws(() => money(text), RangeError);
});

Deno.test('money per request is exact, and a dash where there were none', () => {
  equal(moneyPer('10', 3), '$3.33');
  equal(moneyPer('0.01', 3), '$0.0033');
  equal(moneyPer('0', 3), '$0.00');
  equal(moneyPer('1', 0), '–');
});

Deno.test('axis labels are short', () => {
  equal(axisMoney(0), '$0');
  equal(axisMoney(250), '$250');
  equal(axisMoney(2500), '$2.5k');
  equal(axisMoney(1_500_000), '$1.5M');
  equal(axisMoney(0.05), '$0.05');
  equal(axisMoney(2.5), '$2.50');
  equal(axisMoney(0.0005), '$0.0005');
});
