package dev.centime.ingest.accept.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.ingest.accept.ForeignCall;
import dev.centime.ingest.accept.Payload;
import dev.centime.ingest.accept.PayloadTree;
import dev.centime.ingest.command.recordusage.Submitted;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pages of a provider's report: buckets of time under {@code data}, and in each the results, of tokens or of money. A result is one
 * aggregated record, known by its bucket and whatever the report is grouped by: asked for again it is the same record, with more in it
 * while the bucket is not over.
 */
final class ProviderReports implements FileReader {
    private static final int LABEL_LENGTH = 256;
    private static final Set<String> NO_GROUPS = Set.of("amount", "currency");

    private final Provider provider;

    ProviderReports(Provider provider) {
        this.provider = provider;
    }

    /** What a provider calls things, and how it counts. */
    interface Provider {
        String name();

        /** The fields of a bucket that say when it begins and ends, in this order. */
        List<String> bucket();

        /** The fields of a result that tell those of one bucket apart. */
        List<String> groups();

        /** Whose it is, beside the key that was used. */
        void attribute(ForeignCall call, Payload result);

        /** A result of so much money. */
        void money(ForeignCall call, Payload result);

        /** A result of so many tokens, of a model that is known already. */
        void tokens(ForeignCall call, Payload result);
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
        for (JsonNode each : results) {
            rows.row(line, result(bucket, Payload.of(each, file.now())));
        }
        if (results.isEmpty()) {
            rows.ignored();
        }
    }

    private Submitted result(Payload bucket, Payload result) {
        var start = bucket.instant(provider.bucket().getFirst());
        if (start == null && bucket.errors().isEmpty()) {
            bucket.error(provider.bucket().getFirst(), "is required");
        }
        bucket.errors().forEach(error -> result.error(error.field(), error.reason()));
        var call = new ForeignCall()
                .id(id(bucket, result))
                .timestamp(start)
                .provider(provider.name())
                .bucketOf(1)
                .tag("api_key_id", result.label(LABEL_LENGTH, "api_key_id"));
        provider.attribute(call, result);
        if (result.has("amount")) {
            provider.money(call, result);
        } else if (result.node().isObject()) {
            provider.tokens(call.model(model(result)), result);
        }
        return call.submitted(0, result);
    }

    private static @Nullable String model(Payload result) {
        var model = result.text(ForeignCall.KEY_LENGTH, "model");
        if (model == null && result.errors().isEmpty()) {
            result.error("model", "is required: ask for the report grouped by model");
        }
        return model;
    }

    private String id(Payload bucket, Payload result) {
        var named = Stream.concat(
                provider.bucket().stream().map(field -> bucket.node().path(field)),
                provider.groups().stream().map(field -> result.node().path(field)));
        var parts = Stream.concat(named.map(JsonNode::asText), others(result.node()));
        return provider.name() + ":" + RowIds.of(parts.toArray(String[]::new));
    }

    /** What else tells results of one bucket apart: providers come to group by more. Counts grow, and names of things change. */
    private Stream<String> others(JsonNode result) {
        return result.propertyStream()
                .filter(field ->
                        field.getValue().isTextual() || field.getValue().isBoolean())
                .filter(field -> !NO_GROUPS.contains(field.getKey())
                        && !field.getKey().endsWith("_name")
                        && !provider.groups().contains(field.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .map(field -> field.getKey() + "=" + field.getValue().asText());
    }
}
