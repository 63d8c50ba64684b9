package dev.centime.cli.run;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Names and secrets that nobody can guess. */
final class RandomText {
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomText() {}

    static String hex(int bytes) {
        return HexFormat.of().formatHex(drawn(bytes));
    }

    static String base64(int bytes) {
        return Base64.getEncoder().encodeToString(drawn(bytes));
    }

    private static byte[] drawn(int bytes) {
        var drawn = new byte[bytes];
        RANDOM.nextBytes(drawn);
        return drawn;
    }
}
