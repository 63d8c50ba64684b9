// The few assertions the tests need; Deno's own library would be a download.

export function ok(condition: boolean, message = 'expected true'): void {
  if (!condition) throw new Error(message);
}

export function equal(actual: unknown, expected: unknown, message = ''): void {
  ok(Object.is(actual, expected), `${message} expected ${show(expected)}, got ${show(actual)}`);
}

export function deepEqual(actual: unknown, expected: unknown): void {
  equal(show(actual), show(expected));
}

export function match(actual: string, pattern: RegExp): void {
  ok(pattern.test(actual), `expected ${pattern}, got ${show(actual)}`);
}

export function throws(action: () => unknown, kind: new (...args: never[]) => Error): void {
  try {
    action();
  } catch (error) {
    ok(error instanceof kind, `expected ${kind.name}, got ${error}`);
    return;
  }
  throw new Error(`expected ${kind.name}, but nothing was thrown`);
}

function show(value: unknown): string {
  return value === undefined
    ? 'undefined'
    : JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? `${part}n` : part));
}
