const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];
const WORDS = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' });

/** `5 min. ago`, `yesterday`, `in 3 days`. */
export function ago(instant: string, now: number): string {
  const distance = Date.parse(instant) - now;
  for (const [unit, length] of STEPS) {
    if (Math.abs(distance) >= length) return WORDS.format(Math.trunc(distance / length), unit);
  }
  return 'just now';
}

/** `22 Nov 2026, 14:03` in the organization's zone. */
export function moment(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
    Date.parse(instant),
  );
}
