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
        return of(body, contentEncoding, MAX_BYTES);
    }

    /** As {@link #of(byte[], String)}, of a body that may have fewer bytes. @param maxBytes whole megabytes */
    public static byte[] of(byte[] body, @Nullable String contentEncoding, int maxBytes) {
        if (contentEncoding == null || contentEncoding.isBlank() || contentEncoding.equalsIgnoreCase("identity")) {
            return checked(body, maxBytes);
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
            return checked(packed.readNBytes(maxBytes + 1), maxBytes);
        } catch (IOException e) {
            throw Problem.badRequest("body", "must be whole gzip, as Content-Encoding says");
        }
    }

    private static byte[] checked(byte[] body, int maxBytes) {
        if (body.length > maxBytes) {
            var most = (maxBytes >> 20) + " MB";
            throw Problem.of(413, "too-large", "The body is too large", "a body may have at most " + most)
                    .field("body", "must have at most " + most);
        }
        return body;
    }
}
