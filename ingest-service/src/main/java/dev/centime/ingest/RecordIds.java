package dev.centime.ingest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The ids of records and of the events that tell of them. An event's id follows from organization, source and record id, so a
 * record told twice is one event; a record id that begins with the time keeps its beginning, since ids in the order of time
 * are cheaper for the log to keep.
 */
public final class RecordIds {
    private static final Pattern TIME_ORDERED =
            Pattern.compile("[0-9a-f]{8}-?[0-9a-f]{4}-?7[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private RecordIds() {}

    /** A new id that begins with the moment: a UUID of version 7. */
    public static String random(Instant now) {
        var bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return stamped(bytes, now.toEpochMilli()).toString();
    }

    /** The id of the event that records a call. */
    public static String event(String organization, String source, String recordId) {
        return derived(recordId, "usage", organization, source, recordId);
    }

    /** The id of the event that tells of an estimate. */
    public static String estimate(String organization, String estimateId) {
        return derived(estimateId, "estimate", organization, estimateId);
    }

    /** An id that follows from others; it begins with the time when the first does. */
    public static String derived(String leading, String... from) {
        var hash = hash(from);
        var lower = leading.toLowerCase(Locale.ROOT);
        if (TIME_ORDERED.matcher(lower).matches()) {
            var milli = Long.parseLong(lower.replace("-", "").substring(0, 12), 16);
            return stamped(hash, milli).toString();
        }
        var bytes = ByteBuffer.wrap(hash);
        // Version 8, as RFC 9562 sets aside for ids made of a hash.
        return new UUID(bytes.getLong() & ~0xf000L | 0x8000L, variant(bytes.getLong())).toString();
    }

    private static UUID stamped(byte[] bytes, long epochMilli) {
        var buffer = ByteBuffer.wrap(bytes);
        var high = epochMilli << 16 | 0x7000L | buffer.getLong() & 0xfffL;
        return new UUID(high, variant(buffer.getLong()));
    }

    private static long variant(long low) {
        return low & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
    }

    private static byte[] hash(String... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : parts) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return java.util.Arrays.copyOf(digest.digest(), 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
