package dev.centime.ingest.accept.cloudevents;

import static dev.centime.ingest.accept.ForeignCall.KEY_LENGTH;
import static dev.centime.ingest.accept.ForeignCall.NAME_LENGTH;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.ingest.accept.ForeignCall;
import dev.centime.ingest.accept.JsonBody;
import dev.centime.ingest.accept.Payload;
import dev.centime.ingest.accept.PayloadTree;
import dev.centime.ingest.accept.RecordKey;
import dev.centime.ingest.command.recordusage.Submitted;
import dev.centime.kit.Problem;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One event becomes one record: known again by source and id, made by its subject at its time unless its data says otherwise.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md">JSON event format</a>
 */
final class CloudEventReader {
    private final Payload event;
    private final Instant now;

    private CloudEventReader(JsonNode event, Instant now) {
        this.event = Payload.of(event, now);
        this.now = now;
    }

    /** The event that the parser stands at. @param now the moment of receipt */
    static Submitted read(JsonParser json, int index, Instant now) throws IOException {
        return read(PayloadTree.read(json, Set.of()), index, now);
    }

    static Submitted read(JsonNode event, int index, Instant now) {
        try {
            return new CloudEventReader(event, now).submitted(index);
        } catch (IOException e) {
            return Submitted.refused(index, "data", "must be well-formed");
        }
    }

    private Submitted submitted(int index) throws IOException {
        var id = id();
        var time = event.instant("time");
        var subject = event.text(KEY_LENGTH, "subject");
        var data = data();
        if (data == null || id == null || !event.errors().isEmpty()) {
            return Submitted.refused(index, id, event.errors());
        }
        return OpenMeterData.fits(data)
                ? OpenMeterData.read(data, foreign(id, time, subject), index)
                : OwnData.read(data, id, time, subject, index, now);
    }

    private @Nullable String id() {
        if (event.has("specversion") && !"1.0".equals(event.text(NAME_LENGTH, "specversion"))) {
            event.error("specversion", "must be 1.0");
        }
        for (var required : new String[] {"specversion", "id", "source", "type"}) {
            if (!event.has(required) || blank(event.node().get(required))) {
                event.error(required, "is required");
            }
        }
        var id = event.text(RecordKey.MAX_LENGTH, "id");
        var source = event.text(RecordKey.MAX_LENGTH, "source");
        if (source != null && source.indexOf(' ') >= 0) {
            event.error("source", "must be a URI reference");
        }
        return id == null || source == null ? null : RecordKey.of(source, id);
    }

    private static boolean blank(JsonNode value) {
        return value.isTextual() && value.asText().isBlank();
    }

    private @Nullable Payload data() {
        var sent = event.node();
        if (sent.hasNonNull("data_base64") && sent instanceof ObjectNode object) {
            object.set("data", decoded(event.text(Integer.MAX_VALUE, "data_base64")));
        }
        if (!event.has("data")) {
            event.error("data", "is required");
            return null;
        }
        return event.object("data");
    }

    private @Nullable JsonNode decoded(@Nullable String base64) {
        try {
            return base64 == null
                    ? null
                    : JsonBody.read(Base64.getDecoder().decode(base64), json -> PayloadTree.read(json, Set.of()));
        } catch (IllegalArgumentException | Problem e) {
            event.error("data_base64", "must be JSON in base64");
            return null;
        }
    }

    private ForeignCall foreign(String id, @Nullable Instant time, @Nullable String subject) {
        return new ForeignCall().id(id).timestamp(time).user(subject).operation(event.label(NAME_LENGTH, "type"));
    }
}
