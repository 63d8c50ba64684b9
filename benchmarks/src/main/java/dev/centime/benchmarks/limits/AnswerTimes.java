package dev.centime.benchmarks.limits;

import java.util.Arrays;
import java.util.Locale;

/** How long answers took, by status. Belongs to one thread. */
final class AnswerTimes {
    private final int status;
    private long[] nanos = new long[1 << 14];
    private int count;
    private int others;

    /** @param status of the answers that are timed; others are counted */
    AnswerTimes(int status) {
        this.status = status;
    }

    void add(int answered, long took) {
        if (answered != status) {
            others++;
            return;
        }
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = took;
    }

    int count() {
        return count;
    }

    String line(String what, double seconds) {
        var sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "%-14s %7.0f/s  p50 %.2f ms  p99 %.2f ms  max %.1f ms  (%,d answers of %d, %,d others)",
                what,
                count / seconds,
                at(sorted, 0.5),
                at(sorted, 0.99),
                at(sorted, 1),
                count,
                status,
                others);
    }

    private static double at(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))] / 1e6;
    }
}
