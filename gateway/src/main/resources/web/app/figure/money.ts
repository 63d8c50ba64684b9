import { type Decimal, compare, decimal, divide, magnitude, parts, round } from './decimal.ts';

const ONE = decimal('1');
const SIGNIFICANT_DIGITS = 2;
const PER_REQUEST_SCALE = 24;

/** Cents from a dollar up, two significant digits below: $1,234.50, $0.42, $0.0042. */
export function money(amount: string): string {
  return format(decimal(amount));
}

/** Every digit the ledger holds, for a tooltip or a copy: $0.004213370000 reads $0.00421337. */
export function exactMoney(amount: string): string {
  return written(decimal(amount));
}

/** Cost of one of `count`, or a dash where there were none. */
export function moneyPer(amount: string, count: number): string {
  const each = divide(decimal(amount), BigInt(Math.trunc(count)), PER_REQUEST_SCALE);
  return each ? format(each) : '–';
}

/** A round label for an axis, where the number is a position and no longer an account: $1.2k, $250, $0.05. */
export function axisMoney(position: number): string {
  if (position >= 1000) return '$' + COMPACT.format(position).replace('K', 'k');
  return Number.isInteger(position) ? `$${position}` : money(position.toFixed(12));
}

const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });

function format(amount: Decimal): string {
  return written(round(amount, places(amount)));
}

function written(amount: Decimal): string {
  const { whole, fraction } = parts(amount);
  return sign(amount) + '$' + grouped(whole) + '.' + fraction.replace(/0+$/, '').padEnd(2, '0');
}

function places(amount: Decimal): number {
  const size = { digits: magnitude(amount), scale: amount.scale };
  if (size.digits === 0n || compare(size, ONE) >= 0) return 2;
  const leadingZeros = amount.scale - size.digits.toString().length;
  return Math.max(2, leadingZeros + SIGNIFICANT_DIGITS);
}

function sign(amount: Decimal): string {
  return amount.digits < 0n ? '−' : '';
}

function grouped(whole: string): string {
  return whole.replace(/\B(?=(\d{3})+$)/g, ',');
}
