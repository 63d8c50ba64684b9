package dev.centime.ingest.accept.otlp;

import com.google.protobuf.ByteString;
import dev.centime.kit.Problem.FieldError;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ids of traces and spans. All zeros are none: whoever sends them has lost the id, and all such calls would be one.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/#trace-id">Trace Context</a>
 */
final class SpanIds {
    /** In hex digits. */
    static final int TRACE_LENGTH = 32;

    static final int SPAN_LENGTH = 16;

    private static final Pattern HEX = Pattern.compile("[0-9a-f]*");

    private SpanIds() {}

    /** An id that is too long to be one is cut where that can still be seen. */
    static String hex(ByteString id) {
        return HexFormat.of()
                .formatHex(id.substring(0, Math.min(id.size(), TRACE_LENGTH)).toByteArray());
    }

    /**
     * What is wrong with an id, null when nothing is.
     *
     * @param id in lower case; empty is absent, which is for those to say who need it
     * @param length that it must have
     */
    static @Nullable FieldError fault(String field, String id, int length) {
        if (id.isEmpty()) {
            return null;
        }
        if (id.length() != length || !HEX.matcher(id).matches()) {
            return new FieldError(field, "must be " + length + " hex digits, or " + length / 2 + " bytes");
        }
        return id.chars().allMatch(digit -> digit == '0')
                ? new FieldError(field, "must not be all zeros, which stand for no id")
                : null;
    }
}
