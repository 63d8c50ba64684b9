package dev.centime.eventstore.axon;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.axonframework.common.IdentifierFactory;

/** Ids of messages as UUIDv7: their time comes first, so that in the log's index new ones lie beside each other. */
public final class TimeOrderedIds extends IdentifierFactory {
    private static final long VERSION = 0x7000;
    private static final long VARIANT = 1L << 63;

    @Override
    public String generateIdentifier() {
        return next().toString();
    }

    static UUID next() {
        var random = ThreadLocalRandom.current();
        long high = System.currentTimeMillis() << 16 | VERSION | random.nextInt(1 << 12);
        long low = random.nextLong() & Long.MAX_VALUE >>> 1 | VARIANT;
        return new UUID(high, low);
    }
}
