package dev.centime.ingest.accept;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A record's id where a format knows its records by long or by two names. */
public final class RecordKey {
    /** The most characters of what other tools call an id. */
    public static final int MAX_LENGTH = 2000;

    private RecordKey() {}

    /** The id itself; hashed when it is longer than a record's may be, as gateways' ids of responses are. */
    public static String of(String id) {
        return id.length() <= ForeignCall.KEY_LENGTH ? id : hash(id);
    }

    /** Both with a space between. @param space has no space itself */
    public static String of(String space, String id) {
        return of(space + " " + id);
    }

    private static String hash(String key) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
