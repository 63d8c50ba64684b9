package dev.centime.ingest.accept.otlp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.centime.ingest.command.recordusage.UsageAnswer;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Answers in the encoding of the question, as OTLP/HTTP has it: an {@code ExportTraceServiceResponse}. Refusals are made where all are.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#otlphttp-response">OTLP/HTTP Response</a>
 */
final class ExportAnswer {
    private static final int MAX_NAMED = 10;

    private ExportAnswer() {}

    /** @param calls the spans that were recorded or refused, in the order of the answer's records */
    static byte[] of(UsageAnswer answer, List<SentSpan> calls, boolean protobuf) {
        var message = answer.rejected().stream()
                .limit(MAX_NAMED)
                .map(rejected -> "span " + calls.get(rejected.index()).spanId() + ": "
                        + rejected.errors().stream()
                                .map(error -> error.field() + " " + error.reason())
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
        var rejected = answer.rejected().size();
        return protobuf ? protobuf(rejected, message) : json(rejected, message);
    }

    private static byte[] protobuf(int rejected, String message) {
        var response = ExportTraceServiceResponse.newBuilder();
        if (rejected > 0) {
            response.setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                    .setRejectedSpans(rejected)
                    .setErrorMessage(message));
        }
        return response.build().toByteArray();
    }

    private static byte[] json(int rejected, String message) {
        var response = JsonNodeFactory.instance.objectNode();
        if (rejected > 0) {
            // A 64-bit number is text in protobuf's JSON.
            response.putObject("partialSuccess")
                    .put("rejectedSpans", String.valueOf(rejected))
                    .put("errorMessage", message);
        }
        return response.toString().getBytes(StandardCharsets.UTF_8);
    }
}
