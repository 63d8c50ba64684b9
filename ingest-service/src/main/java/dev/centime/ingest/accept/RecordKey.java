package dev.centime.ingest.accept;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A record's id where a format knows its records by two names. */
public final class RecordKey {
    private RecordKey() {}

    /** Both with a space between; hashed when that is longer than an id may be. @param space has no space itself */
    public static String of(String space, String id) {
        var key = space + " " + id;
        return key.length() <= ForeignCall.KEY_LENGTH ? key : hash(key);
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
