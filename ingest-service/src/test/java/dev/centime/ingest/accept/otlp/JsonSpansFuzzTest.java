package dev.centime.ingest.accept.otlp;

import dev.centime.ingest.accept.Fixtures;
import dev.centime.ingest.accept.ParserFuzz;
import dev.centime.ingest.command.recordusage.Submitted;
import java.util.ArrayList;
import java.util.List;

class JsonSpansFuzzTest extends ParserFuzz {
    @Override
    protected List<Submitted> parse(byte[] body) {
        return submitted(JsonSpans.read(body));
    }

    static List<Submitted> submitted(List<SentSpan> spans) {
        var submitted = new ArrayList<Submitted>();
        for (var span : spans) {
            if (SpanReader.isCall(span, NOW)) {
                submitted.add(SpanReader.read(span, submitted.size(), NOW));
            }
        }
        return submitted;
    }

    @Override
    protected List<byte[]> good() {
        return List.of(Fixtures.bytes("otlp/genai_spans.json"), Fixtures.bytes("otlp/langfuse_span.json"));
    }
}
