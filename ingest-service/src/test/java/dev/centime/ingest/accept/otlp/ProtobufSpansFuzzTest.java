package dev.centime.ingest.accept.otlp;

import com.google.protobuf.ByteString;
import dev.centime.ingest.accept.Fixtures;
import dev.centime.ingest.accept.ParserFuzz;
import dev.centime.ingest.command.recordusage.Submitted;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import java.util.function.Consumer;

class ProtobufSpansFuzzTest extends ParserFuzz {
    @Override
    protected List<Submitted> parse(byte[] body) {
        return JsonSpansFuzzTest.submitted(ProtobufSpans.read(body));
    }

    @Override
    protected List<byte[]> good() {
        return List.of(request());
    }

    /** The spans of the JSON fixture, as protobuf. */
    static byte[] request() {
        return request(first -> {});
    }

    /** @param first changes the first span */
    static byte[] request(Consumer<Span.Builder> first) {
        var scope = ScopeSpans.newBuilder();
        for (var span : JsonSpans.read(Fixtures.bytes("otlp/genai_spans.json"))) {
            var sent = Span.newBuilder()
                    .setTraceId(ByteString.fromHex(span.traceId()))
                    .setSpanId(ByteString.fromHex(span.spanId()))
                    .setStartTimeUnixNano(span.startNanos())
                    .setEndTimeUnixNano(span.endNanos());
            span.attributes()
                    .properties()
                    .forEach(one -> sent.addAttributes(KeyValue.newBuilder()
                            .setKey(one.getKey())
                            .setValue(
                                    one.getValue().isNumber()
                                            ? AnyValue.newBuilder()
                                                    .setIntValue(one.getValue().longValue())
                                            : AnyValue.newBuilder()
                                                    .setStringValue(
                                                            one.getValue().asText()))));
            if (scope.getSpansCount() == 0) {
                first.accept(sent);
            }
            scope.addSpans(sent);
        }
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(scope))
                .build()
                .toByteArray();
    }
}
