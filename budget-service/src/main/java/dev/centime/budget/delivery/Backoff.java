package dev.centime.budget.delivery;

import java.time.Duration;

/** How long to wait after a failed attempt: each time four times as long, up to a longest, and never all at the same moment. */
record Backoff(Duration first, Duration longest) {
    private static final int FACTOR = 4;
    private static final int MOST_DOUBLINGS = 15;

    /**
     * @param attempt the one that failed, from 1
     * @param asked what the other end wants, zero when it does not say; the longest bounds it as well
     * @param chance from 0 to 1, which takes off up to half, so that those who failed together do not come back together
     */
    Duration after(int attempt, Duration asked, double chance) {
        var grown = first.multipliedBy((long) Math.pow(FACTOR, Math.min(attempt - 1, MOST_DOUBLINGS)));
        var most = grown.compareTo(longest) < 0 ? grown : longest;
        var pause = most.minusMillis((long) (most.toMillis() * chance / 2));
        var wanted = asked.compareTo(longest) < 0 ? asked : longest;
        return pause.compareTo(wanted) < 0 ? wanted : pause;
    }
}
