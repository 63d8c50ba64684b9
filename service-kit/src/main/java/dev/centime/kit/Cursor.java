package dev.centime.kit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Where a page ended, as opaque text bound to its query. The checksum keeps a cursor from being used with another query or
 * edited; it guards no secret, since rows are guarded by row-level security whatever a cursor says.
 */
public final class Cursor {
    private static final int CHECKSUM_BYTES = 12;
    private static final int MAX_LENGTH = 4096;

    private Cursor() {}

    /** @param keys of the last item, in sort order */
    public static String encode(String query, List<String> keys) {
        var body = ByteBuffer.allocate(
                keys.stream().mapToInt(key -> 4 + utf8(key).length).sum());
        for (var key : keys) {
            var bytes = utf8(key);
            body.putInt(bytes.length).put(bytes);
        }
        var checksum = checksum(query, body.array());
        var whole = ByteBuffer.allocate(CHECKSUM_BYTES + body.capacity());
        whole.put(checksum).put(body.array());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(whole.array());
    }

    /** @throws Problem 400 when it was not made by {@link #encode} for the same query */
    public static List<String> decode(String query, String cursor) {
        byte[] whole;
        try {
            whole = cursor.length() > MAX_LENGTH
                    ? new byte[0]
                    : Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException e) {
            throw foreign();
        }
        if (whole.length < CHECKSUM_BYTES) {
            throw foreign();
        }
        var body = Arrays.copyOfRange(whole, CHECKSUM_BYTES, whole.length);
        if (!Arrays.equals(checksum(query, body), 0, CHECKSUM_BYTES, whole, 0, CHECKSUM_BYTES)) {
            throw foreign();
        }
        var keys = new ArrayList<String>();
        for (var left = ByteBuffer.wrap(body); left.hasRemaining(); ) {
            keys.add(next(left));
        }
        return keys;
    }

    /** Whoever knows how the checksum is made can make one for anything. */
    private static String next(ByteBuffer left) {
        var length = left.remaining() < 4 ? -1 : left.getInt();
        if (length < 0 || length > left.remaining()) {
            throw foreign();
        }
        var bytes = new byte[length];
        left.get(bytes);
        var key = new String(bytes, StandardCharsets.UTF_8);
        if (key.indexOf('\0') >= 0) {
            throw foreign();
        }
        return key;
    }

    static Problem foreign() {
        return Problem.badRequest("cursor", "must be the next_cursor of the same query");
    }

    private static byte[] checksum(String query, byte[] body) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(utf8(query));
            digest.update((byte) 0);
            return Arrays.copyOf(digest.digest(body), CHECKSUM_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
