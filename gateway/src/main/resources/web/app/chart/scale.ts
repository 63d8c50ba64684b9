/** Maps numbers from `[0, domain]` to pixels from `start` to `end`. */
export function linear(domain: number, start: number, end: number): (value: number) => number {
  return (value) => (domain === 0 ? start : start + (value / domain) * (end - start));
}

/** At most `most` + 1 round steps from 0 that reach `highest`. */
export function ticks(highest: number, most: number): number[] {
  if (!(highest > 0)) return [0];
  const step = roundStep(highest / most);
  const steps = Math.ceil(highest / step - 1e-9);
  return Array.from({ length: steps + 1 }, (_, index) => index * step);
}

/** 1, 2, 2.5 or 5 times a power of ten, at least `least`. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= least * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** Every how many places a label fits when each needs `labelWidth` pixels. */
export function labelEvery(places: number, width: number, labelWidth: number): number {
  const least = Math.max(1, Math.ceil((places * labelWidth) / Math.max(1, width)));
  return [1, 2, 7, 14, 28].find((every) => every >= least) ?? least;
}
