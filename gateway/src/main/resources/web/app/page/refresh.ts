const BETWEEN_MS = 2000;
const FIRST_RETRY_MS = 2000;
const LONGEST_RETRY_MS = 30_000;
/** An event is told when it is in the log; the views that answer follow it within a second. */
const ECHO_MS = 2500;
/** Days end and reservations expire without an event, so a quiet page looks again now and then. */
const QUIET_MS = 60_000;

/**
 * When to look again: at once when something happened and once more when the views have followed, at most every two
 * seconds while events pour in, not at all while nobody looks at the page, ever more slowly while it fails. A newer
 * look cancels the one under way.
 */
export class Refresh {
  private running: AbortController | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private dueAt = Infinity;
  private missed = false;
  private echo = false;
  private startedAt = -Infinity;
  private retryMs = FIRST_RETRY_MS;
  private readonly onVisible = () => {
    if (!document.hidden) this.soon();
  };

  constructor(private readonly load: (signal: AbortSignal) => Promise<void>) {}

  start(): void {
    document.addEventListener('visibilitychange', this.onVisible);
    this.now();
  }

  stop(): void {
    document.removeEventListener('visibilitychange', this.onVisible);
    clearTimeout(this.timer);
    this.running?.abort();
    this.running = undefined;
  }

  now(): void {
    clearTimeout(this.timer);
    this.dueAt = Infinity;
    this.missed = false;
    this.running?.abort();
    const look = new AbortController();
    this.running = look;
    this.startedAt = performance.now();
    this.load(look.signal).then(
      () => this.done(look, QUIET_MS),
      () => this.failed(look),
    );
  }

  /** Something happened. */
  soon(): void {
    this.echo = true;
    this.at(Math.max(performance.now(), this.startedAt + BETWEEN_MS));
  }

  private done(look: AbortController, pauseMs: number): void {
    if (look !== this.running) return;
    this.running = undefined;
    this.retryMs = FIRST_RETRY_MS;
    this.at(performance.now() + (this.echo ? ECHO_MS : pauseMs));
    this.echo = false;
    if (this.missed) this.soon();
  }

  private failed(look: AbortController): void {
    const pauseMs = this.retryMs;
    this.done(look, pauseMs);
    this.retryMs = Math.min(pauseMs * 2, LONGEST_RETRY_MS);
  }

  /** The earliest of all wishes counts. */
  private at(time: number): void {
    if (time >= this.dueAt) return;
    clearTimeout(this.timer);
    this.dueAt = time;
    this.timer = setTimeout(() => this.due(), time - performance.now());
  }

  /** A look under way is let finish first: else a slow answer would never be seen while events pour in. */
  private due(): void {
    this.dueAt = Infinity;
    if (this.running) this.missed = true;
    else if (!document.hidden) this.now();
  }
}
