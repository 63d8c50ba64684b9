import { deepEqual, equal } from './assert.ts';
import { Clock } from './clock.ts';
import { Live, type LiveState } from 'web/api/live.ts';

/** A stream that a test opens, breaks and closes. */
class Stream extends EventTarget {
  static readonly CLOSED = 2;
  static all: Stream[] = [];
  readyState = 0;
  onopen: () => void = () => {};
  onerror: () => void = () => {};

  constructor(readonly url: string) {
    super();
    Stream.all.push(this);
  }

  opened(): void {
    this.readyState = 1;
    this.onopen();
  }

  /** @param forGood as after an HTTP error; else the browser reconnects by itself */
  failed(forGood: boolean): void {
    this.readyState = forGood ? Stream.CLOSED : 0;
    this.onerror();
  }

  close(): void {
    this.readyState = Stream.CLOSED;
  }
}
Object.assign(globalThis, { EventSource: Stream });

async function listening(
  test: (heard: { events: number; states: LiveState[] }, clock: Clock, live: Live) => Promise<void>,
) {
  await Clock.during(async (clock) => {
    Stream.all = [];
    const heard = { events: 0, states: [] as LiveState[] };
    const live = new Live(
      () => heard.events++,
      (state) => heard.states.push(state),
    );
    live.open();
    await test(heard, clock, live);
    live.close();
  });
}

Deno.test('every connection and every event is a reason to look', () =>
  listening(async (heard) => {
    Stream.all[0].opened();
    Stream.all[0].dispatchEvent(new Event('spend'));
    Stream.all[0].dispatchEvent(new Event('alert'));
    Stream.all[0].dispatchEvent(new Event('unknown'));
    equal(heard.events, 3);
    deepEqual(heard.states, ['connecting', 'live']);
  }),
);

Deno.test('a broken connection is left to the browser', () =>
  listening(async (heard, clock) => {
    Stream.all[0].failed(false);
    await clock.pass(100_000);
    equal(Stream.all.length, 1);
    deepEqual(heard.states, ['connecting', 'waiting']);
  }),
);

Deno.test('a refused one is opened anew, ever more slowly', () =>
  listening(async (heard, clock) => {
    for (const pause of [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]) {
      const tries = Stream.all.length;
      Stream.all[tries - 1].failed(true);
      await clock.pass(pause - 1);
      equal(Stream.all.length, tries, `${pause}`);
      await clock.pass(1);
      equal(Stream.all.length, tries + 1, `${pause}`);
    }
    Stream.all[Stream.all.length - 1].opened();
    equal(heard.states[heard.states.length - 1], 'live');
  }),
);

Deno.test('closed is closed', () =>
  listening(async (_, clock, live) => {
    Stream.all[0].failed(true);
    live.close();
    await clock.pass(100_000);
    equal(Stream.all.length, 1);
  }),
);
