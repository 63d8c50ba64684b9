package dev.centime.kit;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/**
 * Where a page ended: the keys of its last item, read one after the other in the order in which they were told. Anybody can make a
 * cursor up, so each is read as what it has to be; one that cannot be is refused like an edited cursor, by a 400 of {@code cursor}.
 */
public final class PageEnd {
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
    private static final int MAX_DIGITS = 100;

    private final List<String> keys;
    private int read;

    /** @param keys as a page told them, {@link Query#nextCursor} or another */
    public PageEnd(List<String> keys) {
        this.keys = List.copyOf(keys);
    }

    /** Any text without NUL, also an empty one. */
    public String text() {
        if (read == keys.size()) {
            throw Cursor.foreign();
        }
        return keys.get(read++);
    }

    /** Of the years 1 to 9999, which every database knows. */
    public Instant instant() {
        try {
            var instant = Instant.parse(text());
            if (!instant.isBefore(EARLIEST) && !instant.isAfter(LATEST)) {
                return instant;
            }
        } catch (DateTimeException e) {
            // Said below, as for one out of bounds.
        }
        throw Cursor.foreign();
    }

    /** Such as an offset in the log. */
    public long number() {
        try {
            return Long.parseLong(text());
        } catch (NumberFormatException e) {
            throw Cursor.foreign();
        }
    }

    /** Such as a sum. An exponent of a few characters can stand for gigabytes of digits, so they are bounded. */
    public BigDecimal amount() {
        try {
            var amount = new BigDecimal(text());
            if (Math.abs(amount.scale()) <= MAX_DIGITS && amount.precision() <= MAX_DIGITS) {
                return amount;
            }
        } catch (NumberFormatException e) {
            // Said below, as for one of too many digits.
        }
        throw Cursor.foreign();
    }

    /** @throws Problem 400 when there are keys that nobody asked for */
    void checkAllRead() {
        if (read < keys.size()) {
            throw Cursor.foreign();
        }
    }
}
