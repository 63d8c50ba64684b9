package dev.centime.ingest.accept.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.centime.ingest.accept.PayloadTree;
import dev.centime.kit.Problem.FieldError;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One span of a JSON body. What is wrong in it is its own fault and no other's. */
final class JsonSpan {
    private static final Pattern DIGITS = Pattern.compile("\\d{1,19}");
    private static final int ERROR = 2;

    private final JsonParser json;
    private final Attributes attributes = new Attributes();
    private String traceId = "";
    private String spanId = "";
    private long startNanos;
    private long endNanos;
    private boolean failed;
    private @Nullable FieldError fault;

    private JsonSpan(JsonParser json) {
        this.json = json;
    }

    /** The span that the parser stands at; afterwards it stands at its end. */
    static SentSpan read(JsonParser json) throws IOException {
        var span = new JsonSpan(json);
        if (json.currentToken() == JsonToken.START_OBJECT) {
            while (json.nextToken() != JsonToken.END_OBJECT) {
                var name = json.currentName();
                json.nextToken();
                span.field(name);
            }
        } else {
            json.skipChildren();
            span.fault("span", "must be an object");
        }
        return new SentSpan(
                span.traceId,
                span.spanId,
                span.startNanos,
                span.endNanos,
                span.failed,
                span.attributes.kept(),
                span.fault);
    }

    private void field(String name) throws IOException {
        switch (name) {
            case "traceId" -> traceId = id(name, SpanIds.TRACE_LENGTH);
            case "spanId" -> spanId = id(name, SpanIds.SPAN_LENGTH);
            case "startTimeUnixNano" -> startNanos = nanos(name);
            case "endTimeUnixNano" -> endNanos = nanos(name);
            case "status" -> status();
            case "attributes" -> attributes();
            default -> json.skipChildren();
        }
    }

    private String id(String name, int length) throws IOException {
        var written = json.currentToken() == JsonToken.VALUE_STRING && json.getTextLength() <= length;
        var id = written ? json.getText().toLowerCase(Locale.ROOT) : "?";
        json.skipChildren();
        var wrong = SpanIds.fault(name, id, length);
        fault = fault == null ? wrong : fault;
        return wrong == null ? id : "";
    }

    private long nanos(String name) throws IOException {
        var written =
                json.currentToken() == JsonToken.VALUE_STRING || json.currentToken() == JsonToken.VALUE_NUMBER_INT;
        if (written
                && json.getTextLength() <= 20
                && DIGITS.matcher(json.getText()).matches()) {
            try {
                return Long.parseLong(json.getText());
            } catch (NumberFormatException e) {
                // 19 digits may be more than a long holds, which is a moment after the year 2262.
                return Long.MAX_VALUE;
            }
        }
        if (json.currentToken() != JsonToken.VALUE_NULL) {
            json.skipChildren();
            fault(name, "must be nanoseconds since 1970, as text or a number");
        }
        return 0;
    }

    private void status() throws IOException {
        var code = PayloadTree.read(json, Set.of("message")).path("code");
        failed = code.asInt() == ERROR || code.asText().equals("STATUS_CODE_ERROR");
    }

    private void attributes() throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            fault("attributes", "must be an array");
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            JsonAttribute.read(json, attributes);
        }
    }

    private void fault(String field, String reason) {
        if (fault == null) {
            fault = new FieldError(field, reason);
        }
    }
}
