/** Where a key leads from a place in a row: by one, by a week, to an end; `undefined` for any other key. */
export function step(key: string, from: number, length: number): number | undefined {
  const to = (place: number) => Math.max(0, Math.min(length - 1, place));
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return to(from - 1);
    case 'ArrowRight':
    case 'ArrowUp':
      return to(from + 1);
    case 'PageDown':
      return to(from - 7);
    case 'PageUp':
      return to(from + 7);
    case 'Home':
      return 0;
    case 'End':
      return length - 1;
    default:
      return undefined;
  }
}
