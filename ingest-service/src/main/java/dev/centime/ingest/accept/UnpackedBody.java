package dev.centime.ingest.accept;

import dev.centime.kit.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A body as it is once its encoding is undone, within the size that a body may have. */
public final class UnpackedBody {
    /** The most bytes of one body, packed or not: a small one must not unpack to fill the memory. */
    static final int MAX_BYTES = 16 * 1024 * 1024;

    private UnpackedBody() {}

    /**
     * @param contentEncoding the header, null without
     * @throws Problem 400 when it does not unpack, 413 when it is too large, 415 for another encoding than gzip
     */
    public static byte[] of(byte[] body, @Nullable String contentEncoding) {
        if (contentEncoding == null || contentEncoding.isBlank() || contentEncoding.equalsIgnoreCase("identity")) {
            return checked(body);
        }
        if (!contentEncoding.strip().equalsIgnoreCase("gzip")) {
            throw Problem.of(
                            415,
                            "unsupported-encoding",
                            "Unsupported content encoding",
                            "a body may be packed with gzip or not at all")
                    .field("Content-Encoding", "must be gzip");
        }
        try (var packed = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return checked(packed.readNBytes(MAX_BYTES + 1));
        } catch (IOException e) {
            throw Problem.badRequest("body", "must be whole gzip, as Content-Encoding says");
        }
    }

    private static byte[] checked(byte[] body) {
        if (body.length > MAX_BYTES) {
            throw Problem.of(413, "too-large", "The body is too large", "a body may have at most 16 MB")
                    .field("body", "must have at most 16 MB");
        }
        return body;
    }
}
