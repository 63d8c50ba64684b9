package dev.centime.ingest.accept.cloudevents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.ingest.accept.Payload;
import dev.centime.ingest.accept.RecordParser;
import dev.centime.ingest.command.recordusage.Submitted;
import dev.centime.kit.Problem.FieldError;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Data that is a record of Centime's own; what it does not say, the event says. */
final class OwnData {
    private OwnData() {}

    static Submitted read(
            Payload data, String id, @Nullable Instant time, @Nullable String subject, int index, Instant now)
            throws IOException {
        var record = ((ObjectNode) data.node()).deepCopy();
        record.put("id", id);
        if (time != null && !record.hasNonNull("timestamp")) {
            record.put("timestamp", time.toString());
        }
        if (subject != null && !record.hasNonNull("user")) {
            record.put("user", subject);
        }
        try (var json = record.traverse()) {
            json.nextToken();
            var submitted = RecordParser.parse(json, index, now);
            return submitted.command() != null
                    ? submitted
                    : Submitted.refused(
                            index,
                            id,
                            submitted.errors().stream()
                                    .map(error -> new FieldError("data." + error.field(), error.reason()))
                                    .toList());
        }
    }
}
