package dev.centime.gateway.door;

/** Lets a burst pass, then so many a second. */
final class TokenBucket {
    private static final double NANOS = 1e9;

    private final int perSecond;
    private final int burst;
    private double tokens;
    private long filledAtNanos;
    private boolean used;

    TokenBucket(int perSecond, int burst) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.tokens = burst;
    }

    /** @return 0 when it may pass, else after how many seconds to try again */
    synchronized int take(long nowNanos) {
        if (used) {
            tokens = Math.min(burst, tokens + (nowNanos - filledAtNanos) / NANOS * perSecond);
        }
        used = true;
        filledAtNanos = nowNanos;
        if (tokens >= 1) {
            tokens--;
            return 0;
        }
        return (int) Math.ceil((1 - tokens) / perSecond);
    }
}
