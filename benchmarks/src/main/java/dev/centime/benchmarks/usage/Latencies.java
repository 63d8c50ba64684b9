package dev.centime.benchmarks.usage;

import java.util.Arrays;

/** Times of answers, in milliseconds. Belongs to one thread while it grows. */
final class Latencies {
    private double[] ms = new double[1 << 12];
    private int count;

    void add(long nanos) {
        if (count == ms.length) {
            ms = Arrays.copyOf(ms, 2 * count);
        }
        ms[count++] = nanos / 1e6;
    }

    int count() {
        return count;
    }

    /** @param share from 0 to 1 @return 0 when there are none */
    double quantile(double share) {
        if (count == 0) {
            return 0;
        }
        var sorted = Arrays.copyOf(ms, count);
        Arrays.sort(sorted);
        return sorted[Math.min(count - 1, (int) (share * count))];
    }
}
