package dev.centime.ingest.accept.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.ingest.accept.Payload;
import dev.centime.ingest.accept.PayloadTree;
import dev.centime.ingest.command.recordusage.Submitted;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;

/** Pages of a provider's report: buckets of time under {@code data}, and in each the results. A result is one aggregated record. */
final class ProviderReports implements FileReader {
    private final Result result;

    ProviderReports(Result result) {
        this.result = result;
    }

    /** How a provider tells of a result. */
    interface Result {
        /** @param payload the result, with which errors are told */
        Submitted read(Payload bucket, Payload payload);
    }

    @Override
    public void read(FileContent file, Rows rows) throws IOException {
        JsonRows.elements(file.content(), "data", rows, (json, line) -> bucket(json, line, file, rows));
    }

    private void bucket(JsonParser json, long line, FileContent file, Rows rows) throws IOException {
        var tree = PayloadTree.read(json, Set.of());
        var bucket = Payload.of(tree, file.now());
        var results = tree.path("results");
        if (!results.isArray()) {
            rows.row(line, Submitted.refused(0, "results", "must be an array: the pages of a report hold buckets"));
            return;
        }
        mustBeOver(bucket, file.now());
        for (JsonNode each : results) {
            rows.row(line, result.read(bucket, Payload.of(each, file.now())));
        }
        if (results.isEmpty()) {
            rows.ignored();
        }
    }

    /** A bucket that still fills would be counted by what it holds now, and never again. */
    private static void mustBeOver(Payload bucket, Instant now) {
        var name = bucket.has("end_time") ? "end_time" : "ending_at";
        var end = bucket.instant(name);
        if (end != null && end.isAfter(now)) {
            bucket.error(name, "must have passed: a bucket that is not over yet can be imported when it is");
        }
    }
}
