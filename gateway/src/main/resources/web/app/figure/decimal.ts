/** An exact decimal, `digits` / 10^`scale`: money never passes through a floating point number on its way to the eye. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

const NOTATION = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Reads a decimal string as the API sends it; throws on anything else. */
export function decimal(text: string): Decimal {
  const match = NOTATION.exec(text.trim());
  if (!match) throw new RangeError(`not a decimal: ${text}`);
  const [, sign, whole, fraction = '', exponent = '0'] = match;
  const digits = BigInt(sign + whole + fraction);
  const scale = fraction.length - Number(exponent);
  return scale < 0 ? { digits: digits * 10n ** BigInt(-scale), scale: 0 } : { digits, scale };
}

export function sum(amounts: readonly Decimal[]): Decimal {
  const scale = Math.max(0, ...amounts.map((amount) => amount.scale));
  return { digits: amounts.reduce((total, amount) => total + at(amount, scale), 0n), scale };
}

/** Division rounded half away from zero to `scale` places; by zero there is no answer. */
export function divide(amount: Decimal, by: bigint, scale: number): Decimal | undefined {
  if (by === 0n) return undefined;
  return {
    digits: quotient(at(amount, Math.max(scale, amount.scale)), by * 10n ** BigInt(Math.max(0, amount.scale - scale))),
    scale,
  };
}

/** Rounded half away from zero to `scale` places. */
export function round(amount: Decimal, scale: number): Decimal {
  if (amount.scale <= scale) return { digits: at(amount, scale), scale };
  return { digits: quotient(amount.digits, 10n ** BigInt(amount.scale - scale)), scale };
}

/** Negative, zero or positive as `a` is below, equal to or above `b`. */
export function compare(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale);
  const difference = at(a, scale) - at(b, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** All digits, without sign: whole part and fraction. */
export function parts(amount: Decimal): { whole: string; fraction: string } {
  const text = magnitude(amount)
    .toString()
    .padStart(amount.scale + 1, '0');
  const point = text.length - amount.scale;
  return { whole: text.slice(0, point), fraction: text.slice(point) };
}

export function magnitude(amount: Decimal): bigint {
  return amount.digits < 0n ? -amount.digits : amount.digits;
}

function at(amount: Decimal, scale: number): bigint {
  return amount.digits * 10n ** BigInt(scale - amount.scale);
}

function quotient(dividend: bigint, divisor: bigint): bigint {
  const doubled = (dividend < 0n ? -dividend : dividend) * 2n + divisor;
  const rounded = doubled / (divisor * 2n);
  return dividend < 0n ? -rounded : rounded;
}
