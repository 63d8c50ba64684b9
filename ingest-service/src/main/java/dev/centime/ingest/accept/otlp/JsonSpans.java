package dev.centime.ingest.accept.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.ingest.accept.JsonBody;
import dev.centime.kit.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The spans of a JSON body, token by token: OTLP's JSON has ids in hex, enums as numbers, 64-bit numbers as text or number, and
 * whatever is not known is passed over.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding">JSON Protobuf Encoding</a>
 */
final class JsonSpans {
    private final List<SentSpan> spans = new ArrayList<>();
    private final JsonParser json;

    private JsonSpans(JsonParser json) {
        this.json = json;
    }

    /** @throws Problem 400 when it is no JSON or not of this form */
    static List<SentSpan> read(byte[] body) {
        return JsonBody.read(body, json -> {
            var reader = new JsonSpans(json);
            reader.object("body", name -> {
                if (name.equals("resourceSpans")) {
                    reader.array(name, () -> reader.resourceSpans());
                } else {
                    json.skipChildren();
                }
            });
            return reader.spans;
        });
    }

    /** The resource may come after its spans. */
    private void resourceSpans() throws IOException {
        var first = spans.size();
        var resource = new ObjectNode[] {Attributes.NODES.objectNode()};
        object("resourceSpans", name -> {
            switch (name) {
                case "resource" -> resource[0] = resource();
                case "scopeSpans" -> array(name, this::scopeSpans);
                default -> json.skipChildren();
            }
        });
        spans.subList(first, spans.size()).replaceAll(span -> span.of(resource[0]));
    }

    private ObjectNode resource() throws IOException {
        var attributes = new Attributes();
        object("resource", name -> {
            if (name.equals("attributes")) {
                array(name, () -> JsonAttribute.read(json, attributes));
            } else {
                json.skipChildren();
            }
        });
        return attributes.kept();
    }

    private void scopeSpans() throws IOException {
        object("scopeSpans", name -> {
            if (name.equals("spans")) {
                array(name, () -> spans.add(JsonSpan.read(json)));
            } else {
                json.skipChildren();
            }
        });
    }

    @FunctionalInterface
    private interface Field {
        void read(String name) throws IOException;
    }

    @FunctionalInterface
    private interface Element {
        void read() throws IOException;
    }

    private void object(String what, Field field) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw Problem.badRequest(what, "must be an object");
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            var name = json.currentName();
            json.nextToken();
            field.read(name);
        }
    }

    private void array(String what, Element element) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw Problem.badRequest(what, "must be an array");
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            element.read();
        }
    }
}
