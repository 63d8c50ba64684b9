package dev.centime.ingest.accept.file;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.centime.contracts.Tokens;
import dev.centime.ingest.accept.ForeignCall;
import dev.centime.ingest.accept.Payload;
import dev.centime.ingest.accept.PayloadTree;
import dev.centime.ingest.accept.ProviderUsage;
import dev.centime.ingest.accept.RecordKey;
import dev.centime.ingest.accept.ReportedCosts;
import dev.centime.ingest.command.recordusage.Submitted;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.util.Set;

/**
 * Rows of {@code LiteLLM_SpendLogs}: as the proxy answers them, or as the table is exported. Its {@code metadata} and {@code
 * request_tags} are JSON within text. The usage object in the metadata knows cached tokens apart; without it there are two sums.
 */
final class LiteLlmSpendLogs implements FileReader {
    private static final Set<String> PASSED_OVER =
            Set.of("messages", "response", "proxy_server_request", "metadata.error_information");

    @Override
    public void read(FileContent file, Rows rows) throws IOException {
        var content = new PushbackInputStream(file.content(), 3);
        var first = content.read();
        if (first >= 0) {
            content.unread(first);
        }
        if (first == '{' || first == '[' || first == ' ' || first == '\n') {
            json(content, file, rows);
        } else {
            table(new FileContent(file.name(), content, file.columns(), file.now()), rows);
        }
    }

    /** One object, an array, pages that hold one under data, or an object a line. */
    private static void json(PushbackInputStream content, FileContent file, Rows rows) throws IOException {
        JsonRows.Record record = (json, line) -> rows.row(line, submitted(tree(json), file));
        try (var json = JsonRows.JSON.createParser(content)) {
            while (json.nextToken() != null) {
                var line = json.currentTokenLocation().getLineNr();
                switch (json.currentToken()) {
                    case START_OBJECT -> object(json, line, file, rows);
                    case START_ARRAY -> {
                        while (json.nextToken() != com.fasterxml.jackson.core.JsonToken.END_ARRAY) {
                            record.read(json, json.currentTokenLocation().getLineNr());
                        }
                    }
                    default -> rows.row(line, Submitted.refused(0, "record", "must be an object"));
                }
            }
        } catch (JacksonException e) {
            var line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
            rows.row(line, Submitted.refused(0, "file", "is broken or cut off here"));
        }
    }

    private static void object(JsonParser json, long line, FileContent file, Rows rows) throws IOException {
        var tree = tree(json);
        if (tree.path("data").isArray()) {
            tree.get("data").forEach(row -> rows.row(line, submitted(row, file)));
        } else {
            rows.row(line, submitted(tree, file));
        }
    }

    private static JsonNode tree(JsonParser json) throws IOException {
        return PayloadTree.read(json, PASSED_OVER);
    }

    private static void table(FileContent file, Rows rows) throws IOException {
        CsvTable.each(file, rows, (heading, first, delimiter) -> row -> {
            var record = JsonNodeFactory.instance.objectNode();
            for (var i = 0; i < heading.size(); i++) {
                var value = row.getField(i).strip();
                if (!value.isEmpty() && !PASSED_OVER.contains(heading.get(i))) {
                    record.set(heading.get(i), LiteLlmValues.ofCell(heading.get(i), value));
                }
            }
            rows.row(row.getStartingLineNumber(), submitted(record, file));
        });
    }

    private static Submitted submitted(JsonNode row, FileContent file) {
        var payload = Payload.of(row, file.now());
        var metadata = LiteLlmValues.embedded(row.path("metadata"));
        var said = payload.text(RecordKey.MAX_LENGTH, "request_id", "id");
        var id = said == null ? null : RecordKey.of(said);
        if (id == null && payload.errors().isEmpty()) {
            payload.error("request_id", "is required");
        }
        var model = payload.text(ForeignCall.KEY_LENGTH, "model");
        if (model == null && payload.errors().isEmpty()) {
            payload.error("model", "is required");
        }
        var start = payload.instant("startTime");
        var call = new ForeignCall()
                .id(id)
                .timestamp(start)
                .provider(payload.text(64, "custom_llm_provider"))
                .model(model)
                .operation(payload.label(ForeignCall.NAME_LENGTH, "call_type"))
                .user(LiteLlmValues.firstSaid(payload, "user", "end_user"))
                .session(payload.label(ForeignCall.KEY_LENGTH, "session_id"))
                .latency(start, payload.instant("endTime"))
                .cacheHit("true".equalsIgnoreCase(payload.label(10, "cache_hit")))
                .tag("team", payload.label(256, "team_id"))
                .tag("model_group", payload.label(256, "model_group"));
        LiteLlmValues.embedded(row.path("request_tags")).forEach(tag -> call.word(tag.asText()));
        var tokens = usage(call, payload, metadata, file);
        call.reportedCost(ReportedCosts.believed(payload.cost("spend"), tokens));
        if ("failure".equals(payload.label(20, "status"))) {
            call.failed(null);
        }
        return call.submitted(0, payload);
    }

    private static Tokens usage(ForeignCall call, Payload row, JsonNode metadata, FileContent file) {
        var usage = metadata.path("usage_object");
        if (usage.isObject()) {
            var block = Payload.of(usage, file.now());
            if (ProviderUsage.fits(block)) {
                var read = ProviderUsage.read(block);
                call.usage(read);
                block.errors().forEach(error -> row.error("metadata.usage_object." + error.field(), error.reason()));
                return read.tokens();
            }
        }
        var counted = Tokens.of(row.count("prompt_tokens"), row.count("completion_tokens"));
        call.counted(counted);
        return counted;
    }
}
