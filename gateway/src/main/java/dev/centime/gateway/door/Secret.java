package dev.centime.gateway.door;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Something only its holder knows. It has 256 random bits, so a plain hash cannot be turned back and needs no salt; and as it is
 * found by its hash, comparing takes no time that would tell anything.
 */
public final class Secret {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;
    private static final String KEY_PREFIX = "ck_";

    private Secret() {}

    /** A new API key. The prefix lets scanners of repositories find a leaked one. */
    public static String apiKey() {
        return KEY_PREFIX + random();
    }

    /** A new secret, in characters that a cookie may have. */
    public static String random() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** SHA-256 in hex: what is stored and looked up. */
    public static String hash(String secret) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
