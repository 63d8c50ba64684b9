package dev.centime.ingest.accept.file;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.centime.contracts.Tokens;
import dev.centime.ingest.accept.ForeignCall;
import dev.centime.ingest.accept.Payload;
import dev.centime.ingest.accept.PayloadTree;
import dev.centime.ingest.command.recordusage.Submitted;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * {@code COST-TRACKING-*.yaml}: the tasks of a session, each a call, and totals that ought to be their sum. A date has no time of day;
 * noon UTC is that day nearly everywhere.
 */
final class CostTracking implements FileReader {
    /** Such a file is written by hand, or by a script for a person to read. */
    private static final int MAX_BYTES = 4 << 20;

    private static final List<String> ANTHROPIC = List.of("claude", "haiku", "sonnet", "opus");
    private static final YAMLFactory YAML = bounded();

    private static YAMLFactory bounded() {
        var limits = new LoaderOptions();
        limits.setCodePointLimit(MAX_BYTES);
        limits.setMaxAliasesForCollections(20);
        limits.setNestingDepthLimit(20);
        return YAMLFactory.builder().loaderOptions(limits).build();
    }

    @Override
    public void read(FileContent file, Rows rows) throws IOException {
        var bytes = file.content().readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            rows.row(1, Submitted.refused(0, "file", "must have at most " + (MAX_BYTES >> 20) + " MB"));
            return;
        }
        try {
            OneRow.read(rows, 1, () -> read(tree(bytes), file.now(), rows));
        } catch (JacksonException e) {
            var line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
            rows.row(line, Submitted.refused(0, "file", "must be YAML, and is broken here"));
        }
    }

    /** A number that is none, such as YAML's infinity, is its field's fault and not the file's. */
    private static JsonNode tree(byte[] bytes) throws IOException {
        try (var yaml = YAML.createParser(bytes)) {
            yaml.nextToken();
            return PayloadTree.read(yaml, Set.of());
        }
    }

    private static void read(JsonNode document, Instant now, Rows rows) throws IOException {
        var session = text(document, "session");
        var date = date(document.path("date").asText(""));
        if (session == null || date == null || !document.path("tasks").isArray()) {
            var field = session == null ? "session" : date == null ? "date" : "tasks";
            rows.row(1, Submitted.refused(0, field, "is required in a COST-TRACKING file"));
            return;
        }
        var sums = new TaskSums();
        var tasks = new Tasks(document, session, date.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC), now);
        for (int index = 0; index < document.get("tasks").size(); index++) {
            var task = document.get("tasks").get(index);
            var number = index + 1;
            OneRow.read(rows, number, () -> {
                sums.add(task);
                rows.row(number, tasks.submitted(task, number));
            });
        }
        sums.compare(document, rows);
        budget((ObjectNode) document, session, date, now, rows);
    }

    private static void budget(ObjectNode document, String session, LocalDate date, Instant now, Rows rows) {
        var payload = Payload.of(Amounts.plain(document, "budget_allocated"), now);
        var allocated = payload.cost("budget_allocated");
        if (!payload.errors().isEmpty()) {
            rows.row(1, Submitted.refused(0, null, payload.errors()));
        } else if (allocated != null && allocated.amount().signum() > 0) {
            rows.sessionBudget(new SessionBudget(session, allocated, date));
        }
    }

    /** The tasks of a file, one after the other. */
    private static final class Tasks {
        private final JsonNode document;
        private final String session;
        private final Instant at;
        private final Instant now;
        private final Map<String, Integer> described = new HashMap<>();

        Tasks(JsonNode document, String session, Instant at, Instant now) {
            this.document = document;
            this.session = session;
            this.at = at;
            this.now = now;
        }

        Submitted submitted(JsonNode task, int number) {
            var payload = Payload.of(
                    task instanceof ObjectNode object
                            ? Amounts.plain(object, "tokens_in", "tokens_out", "cost_usd")
                            : task,
                    now);
            var model = payload.text(ForeignCall.KEY_LENGTH, "model");
            if (model == null && payload.errors().isEmpty()) {
                payload.error("model", "is required");
            }
            var description = text(task, "description");
            var hash = description == null ? null : RowIds.of(description);
            var tokens = Tokens.of(payload.count("tokens_in"), payload.count("tokens_out"));
            var call = new ForeignCall()
                    .id(id(hash, number))
                    .timestamp(at)
                    .provider(provider(model))
                    .model(model)
                    .session(session)
                    .counted(tokens)
                    .reportedCost(payload.cost("cost_usd"))
                    .tag("phase", text(document, "phase"))
                    .tag("milestone", payload.label(256, "milestone"))
                    .tag("complexity", payload.label(256, "complexity"))
                    .tag("status", payload.label(256, "status"))
                    .tag("task", hash);
            if ("failed".equals(payload.label(40, "status"))) {
                call.failed(null);
            }
            return call.submitted(0, payload);
        }

        /** By what the task is, not where it stands: one that is put in above it must not make it another. */
        private String id(@Nullable String hash, int number) {
            return hash == null
                    ? RowIds.of(session, at.toString(), String.valueOf(number))
                    : RowIds.of(session, at.toString(), hash, String.valueOf(described.merge(hash, 1, Integer::sum)));
        }
    }

    private static @Nullable String provider(@Nullable String model) {
        return model != null && ANTHROPIC.stream().anyMatch(model.toLowerCase(java.util.Locale.ROOT)::startsWith)
                ? "anthropic"
                : null;
    }

    private static @Nullable String text(JsonNode node, String field) {
        var text = node.path(field).asText("").strip();
        return text.isEmpty() ? null : text;
    }

    private static @Nullable LocalDate date(String text) {
        try {
            return LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
