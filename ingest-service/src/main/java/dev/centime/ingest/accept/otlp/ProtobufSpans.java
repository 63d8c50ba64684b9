package dev.centime.ingest.accept.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.centime.kit.Problem;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The spans of a protobuf body. */
final class ProtobufSpans {
    private ProtobufSpans() {}

    /** @throws Problem 400 when it is no such message */
    static List<SentSpan> read(byte[] body) {
        var spans = new ArrayList<SentSpan>();
        for (var sent : parsed(body).getResourceSpansList()) {
            var resource = attributes(sent.getResource().getAttributesList());
            for (var scope : sent.getScopeSpansList()) {
                scope.getSpansList().forEach(span -> spans.add(span(span).of(resource)));
            }
        }
        return spans;
    }

    private static ExportTraceServiceRequest parsed(byte[] body) {
        try {
            return ExportTraceServiceRequest.parseFrom(body);
        } catch (InvalidProtocolBufferException e) {
            throw Problem.badRequest("body", "must be an ExportTraceServiceRequest of OTLP in protobuf");
        }
    }

    private static SentSpan span(Span span) {
        var traceId = SpanIds.hex(span.getTraceId());
        var spanId = SpanIds.hex(span.getSpanId());
        var fault = SpanIds.fault("traceId", traceId, SpanIds.TRACE_LENGTH);
        return new SentSpan(
                fault == null ? traceId : "",
                SpanIds.fault("spanId", spanId, SpanIds.SPAN_LENGTH) == null ? spanId : "",
                span.getStartTimeUnixNano(),
                span.getEndTimeUnixNano(),
                span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR,
                attributes(span.getAttributesList()),
                fault == null ? SpanIds.fault("spanId", spanId, SpanIds.SPAN_LENGTH) : fault);
    }

    private static ObjectNode attributes(List<KeyValue> sent) {
        var attributes = new Attributes();
        for (var one : sent) {
            if (Attributes.isRead(one.getKey())) {
                attributes.put(one.getKey(), value(one.getValue()));
            }
        }
        return attributes.kept();
    }

    private static @Nullable JsonNode value(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> Attributes.NODES.textNode(value.getStringValue());
            case INT_VALUE -> Attributes.NODES.numberNode(value.getIntValue());
            case BOOL_VALUE -> Attributes.NODES.booleanNode(value.getBoolValue());
            case DOUBLE_VALUE ->
                Double.isFinite(value.getDoubleValue())
                        ? Attributes.NODES.numberNode(BigDecimal.valueOf(value.getDoubleValue()))
                        : Attributes.NODES.textNode(String.valueOf(value.getDoubleValue()));
            case ARRAY_VALUE -> {
                var array = Attributes.NODES.arrayNode();
                value.getArrayValue().getValuesList().stream()
                        .limit(Attributes.MAX_ITEMS)
                        .filter(AnyValue::hasStringValue)
                        .forEach(item -> array.add(item.getStringValue()));
                yield array;
            }
            default -> null;
        };
    }
}
