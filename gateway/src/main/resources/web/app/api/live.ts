export type LiveState = 'connecting' | 'live' | 'waiting';

const EVENTS = ['spend', 'alert', 'import', 'rebuild', 'recommendation'] as const;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Listens at /api/v1/live. An EventSource reconnects by itself after a broken connection but gives up for good on an
 * HTTP error, so a gateway that restarts would silence it; this one comes back, ever more slowly.
 */
export class Live {
  private source: EventSource | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private pauseMs = FIRST_PAUSE_MS;

  constructor(
    private readonly onEvent: () => void,
    private readonly onState: (state: LiveState) => void,
  ) {}

  open(): void {
    this.close();
    this.onState('connecting');
    const source = new EventSource('/api/v1/live', { withCredentials: true });
    this.source = source;
    source.onopen = () => this.opened();
    source.onerror = () => this.failed(source);
    for (const name of EVENTS) source.addEventListener(name, this.onEvent);
  }

  close(): void {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = undefined;
  }

  /** What happened while nobody listened is not told again, so every connection begins with a fresh look. */
  private opened(): void {
    this.pauseMs = FIRST_PAUSE_MS;
    this.onState('live');
    this.onEvent();
  }

  private failed(source: EventSource): void {
    this.onState('waiting');
    if (source.readyState !== EventSource.CLOSED) return;
    this.timer = setTimeout(() => this.open(), this.pauseMs);
    this.pauseMs = Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
  }
}
