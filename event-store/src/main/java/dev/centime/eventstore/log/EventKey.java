package dev.centime.eventstore.log;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * The 16 bytes under which the log keeps an event's id for ever. An id that begins with its time (UUIDv7, ULID) keeps that as the
 * first six bytes, so that new keys lie beside each other in the index; the rest, or all, is a hash of organization and id.
 *
 * <p>The form is part of what is stored and never changes. Two ids with one key are refused by the log, not merged.
 */
public final class EventKey {
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(EventKey::sha256);
    private static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private EventKey() {}

    public static UUID of(String organization, String id) {
        var digest = SHA_256.get();
        digest.update(organization.getBytes(StandardCharsets.UTF_8));
        // No organization and no id holds it, so it stands between them without a doubt.
        digest.update((byte) 0);
        var hash = digest.digest(id.getBytes(StandardCharsets.UTF_8));
        var high = longAt(hash, 0);
        var timeMs = timeMs(id);
        return new UUID(timeMs < 0 ? high : timeMs << 16 | high & 0xffff, longAt(hash, 8));
    }

    /** The milliseconds since 1970 that an id begins with, -1 when it does not. */
    static long timeMs(String id) {
        return switch (id.length()) {
            case 36 -> ofUuid(id);
            case 26 -> ofUlid(id);
            default -> -1;
        };
    }

    private static long ofUuid(String id) {
        if (id.charAt(8) != '-'
                || id.charAt(13) != '-'
                || id.charAt(14) != '7'
                || id.charAt(18) != '-'
                || id.charAt(23) != '-') {
            return -1;
        }
        long time = 0;
        for (int i = 0; i < 13; i++) {
            if (i != 8) {
                int digit = Character.digit(id.charAt(i), 16);
                if (digit < 0) {
                    return -1;
                }
                time = time << 4 | digit;
            }
        }
        return time;
    }

    private static long ofUlid(String id) {
        long time = 0;
        for (int i = 0; i < 26; i++) {
            int digit = CROCKFORD.indexOf(Character.toUpperCase(id.charAt(i)));
            if (digit < 0) {
                return -1;
            }
            if (i < 10) {
                time = time << 5 | digit;
            }
        }
        return time < 1L << 48 ? time : -1;
    }

    private static long longAt(byte[] bytes, int from) {
        long value = 0;
        for (int i = from; i < from + 8; i++) {
            value = value << 8 | bytes[i] & 0xff;
        }
        return value;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
