package dev.centime.benchmarks.log;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Ids of events, in time's order as UUIDv7, or random. */
enum Ids {
    TIME_ORDERED {
        @Override
        String next() {
            var random = ThreadLocalRandom.current();
            long high = System.currentTimeMillis() << 16 | 0x7000 | random.nextInt(1 << 12);
            return new UUID(high, random.nextLong() & Long.MAX_VALUE >>> 1 | 1L << 63).toString();
        }
    },
    RANDOM {
        @Override
        String next() {
            return UUID.randomUUID().toString();
        }
    };

    abstract String next();
}
