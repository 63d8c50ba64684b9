import { deepEqual, equal } from './assert.ts';
import { Clock } from './clock.ts';
import { Refresh } from 'web/page/refresh.ts';

const page = Object.assign(new EventTarget(), { hidden: false });
Object.assign(globalThis, { document: page });

/** Runs a refresh that notes when it asked. */
async function watched(
  answer: () => Promise<void>,
  test: (refresh: Refresh, asked: number[], clock: Clock) => Promise<void>,
) {
  await Clock.during(async (clock) => {
    const asked: number[] = [];
    const refresh = new Refresh(() => {
      asked.push(performance.now());
      return answer();
    });
    refresh.start();
    await test(refresh, asked, clock);
    refresh.stop();
    const before = asked.length;
    await clock.pass(1_000_000);
    equal(asked.length, before, 'asked after it was stopped');
  });
}

const answered = () => Promise.resolve();

Deno.test('a quiet page asks once a minute', () =>
  watched(answered, async (_, asked, clock) => {
    await clock.pass(125_000);
    deepEqual(asked, [0, 60_000, 120_000]);
  }),
);

Deno.test('events make it ask at most every two seconds, and at once after a pause', () =>
  watched(answered, async (refresh, asked, clock) => {
    for (let event = 0; event < 100; event++) {
      refresh.soon();
      await clock.pass(100);
    }
    deepEqual(asked.slice(0, 5), [0, 2000, 4000, 6000, 8000]);
  }),
);

Deno.test('after a pause an event is looked into at once, and once more when the views have followed it', () =>
  watched(answered, async (refresh, asked, clock) => {
    await clock.pass(10_000);
    refresh.soon();
    await clock.pass(45_000);
    deepEqual(asked, [0, 10_000, 12_500]);
  }),
);

Deno.test('a failure is tried again, ever more slowly, and soon again after a success', () => {
  let failing = true;
  return watched(
    () => (failing ? Promise.reject(new Error('down')) : Promise.resolve()),
    async (_, asked, clock) => {
      await clock.pass(100_000);
      deepEqual(asked, [0, 2000, 6000, 14_000, 30_000, 60_000, 90_000]);
      failing = false;
      await clock.pass(30_000);
      failing = true;
      await clock.pass(63_000);
      deepEqual(asked.slice(7), [120_000, 180_000, 182_000, 186_000]);
    },
  );
});

Deno.test('a question asked anew cancels the one under way', () =>
  Clock.during(async (clock) => {
    const signals: AbortSignal[] = [];
    const refresh = new Refresh((signal) => {
      signals.push(signal);
      return new Promise(() => undefined);
    });
    refresh.start();
    refresh.now();
    await clock.pass(0);
    deepEqual(
      signals.map(({ aborted }) => aborted),
      [true, false],
    );
    refresh.stop();
    equal(signals[1].aborted, true);
  }),
);

Deno.test('a hidden page does not ask, and asks when it is seen again', () =>
  watched(answered, async (refresh, asked, clock) => {
    await clock.pass(10);
    page.hidden = true;
    refresh.soon();
    await clock.pass(300_000);
    deepEqual(asked, [0]);
    page.hidden = false;
    page.dispatchEvent(new Event('visibilitychange'));
    await clock.pass(0);
    equal(asked.length, 2);
  }),
);

Deno.test('an event during a slow answer is looked into after it', () => {
  let finish = () => {};
  return watched(
    () => new Promise((resolve) => (finish = resolve)),
    async (refresh, asked, clock) => {
      refresh.soon();
      await clock.pass(7000);
      deepEqual(asked, [0]);
      finish();
      await clock.pass(2000);
      equal(asked.length, 2);
      finish();
    },
  );
});
