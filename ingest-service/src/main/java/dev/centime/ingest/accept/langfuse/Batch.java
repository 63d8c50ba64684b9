package dev.centime.ingest.accept.langfuse;

import static dev.centime.ingest.accept.ForeignCall.KEY_LENGTH;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.ingest.accept.JsonBody;
import dev.centime.ingest.accept.Labels;
import dev.centime.ingest.accept.PayloadTree;
import dev.centime.ingest.accept.UsageBody;
import dev.centime.kit.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code {"batch": [event, …]}}. */
final class Batch {
    private static final Set<String> NEVER_READ =
            Set.of("body.input", "body.output", "body.metadata", "body.modelParameters", "body.statusMessage");

    private Batch() {}

    /** @throws Problem 400 when it is no batch, 413 when it is too large */
    static List<SentEvent> read(byte[] body) {
        return JsonBody.read(body, Batch::events);
    }

    private static List<SentEvent> events(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw none();
        }
        List<SentEvent> events = null;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            var name = json.currentName();
            if (json.nextToken() == JsonToken.START_ARRAY && name.equals("batch")) {
                events = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    UsageBody.checkRoom(events.size());
                    events.add(event(json));
                }
            } else {
                json.skipChildren();
            }
        }
        if (events == null) {
            throw none();
        }
        return events;
    }

    private static Problem none() {
        return Problem.badRequest("batch", "is required: an array of events");
    }

    private static SentEvent event(JsonParser json) throws IOException {
        var sent = PayloadTree.read(json, NEVER_READ);
        var id = sent.path("id").asText();
        if (!Labels.isReadable(id, KEY_LENGTH)) {
            return SentEvent.broken("", "id must be text of 1 to " + KEY_LENGTH + " readable characters");
        }
        if (!sent.path("type").isTextual()) {
            return SentEvent.broken(id, "type must be text");
        }
        if (!(sent.path("body") instanceof ObjectNode body)) {
            return SentEvent.broken(id, "body must be an object");
        }
        var kind = SentEvent.Kind.of(sent.path("type").asText(), body);
        var about = body.path("id").asText();
        if (kind != SentEvent.Kind.OTHER && !Labels.isReadable(about, KEY_LENGTH)) {
            return SentEvent.broken(id, "body.id must be text of 1 to " + KEY_LENGTH + " readable characters");
        }
        return new SentEvent(id, kind, about, body, null);
    }
}
