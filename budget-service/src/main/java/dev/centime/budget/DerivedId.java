package dev.centime.budget;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** An id that follows from what it stands for: the same cause makes the same id, on any replica and in any rebuild. */
public final class DerivedId {
    private DerivedId() {}

    /** The first half of the SHA-256 of the parts, each preceded by its length. */
    public static UUID of(String... parts) {
        var digest = sha256();
        for (var part : parts) {
            var bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            digest.update(bytes);
        }
        var half = ByteBuffer.wrap(digest.digest());
        return new UUID(half.getLong(), half.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
