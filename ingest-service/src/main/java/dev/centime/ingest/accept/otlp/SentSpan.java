package dev.centime.ingest.accept.otlp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.kit.Problem.FieldError;
import org.jspecify.annotations.Nullable;

/**
 * A span as far as it matters here, whichever encoding it came in.
 *
 * @param traceId 32 hex digits in lower case; empty when there is none
 * @param spanId 16 hex digits in lower case; empty when there is none
 * @param startNanos since 1970; 0 when unknown
 * @param endNanos since 1970; 0 when unknown
 * @param failed whether its status says so
 * @param attributes of the span and, where it has none of a name, of its resource
 * @param fault what makes it unreadable; null when nothing does
 */
record SentSpan(
        String traceId,
        String spanId,
        long startNanos,
        long endNanos,
        boolean failed,
        ObjectNode attributes,
        @Nullable FieldError fault) {

    /** The same with what its resource says besides. */
    SentSpan of(ObjectNode resource) {
        var all = resource.deepCopy();
        all.setAll(attributes);
        return new SentSpan(traceId, spanId, startNanos, endNanos, failed, all, fault);
    }
}
