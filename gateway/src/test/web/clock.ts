/** A time that passes when it is told to: timers fire in order, and what they set off is done before the next. */
export class Clock {
  private now = 0;
  private next = 1;
  private readonly timers = new Map<number, { readonly at: number; readonly run: () => void }>();

  /** Takes the place of the real one for as long as a test runs. */
  static async during(test: (clock: Clock) => Promise<void>): Promise<void> {
    const { setTimeout: set, clearTimeout: clear } = globalThis;
    const clock = new Clock();
    const real = performance.now;
    Object.assign(globalThis, {
      setTimeout: (run: () => void, ms = 0) => clock.set(run, ms),
      clearTimeout: (id: number) => clock.timers.delete(id),
    });
    performance.now = () => clock.now;
    try {
      await test(clock);
    } finally {
      Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
      performance.now = real;
    }
  }

  async pass(ms: number): Promise<void> {
    const until = this.now + ms;
    await settled();
    for (let due = this.due(until); due; due = this.due(until)) {
      const [id, { at, run }] = due;
      this.timers.delete(id);
      this.now = at;
      run();
      await settled();
    }
    this.now = until;
  }

  private set(run: () => void, ms: number): number {
    const id = this.next++;
    this.timers.set(id, { at: this.now + Math.max(0, ms), run });
    return id;
  }

  private due(until: number) {
    return [...this.timers].filter(([, { at }]) => at <= until).sort(([, a], [, b]) => a.at - b.at)[0];
  }
}

/** Everything that was resolved has been handled. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
