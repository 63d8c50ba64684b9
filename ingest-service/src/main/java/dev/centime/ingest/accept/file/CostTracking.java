package dev.centime.ingest.accept.file;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.centime.contracts.Money;
import dev.centime.contracts.Tokens;
import dev.centime.ingest.accept.ForeignCall;
import dev.centime.ingest.accept.Payload;
import dev.centime.ingest.command.recordusage.Submitted;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * {@code COST-TRACKING-*.yaml}: the tasks of a session, each a call, and totals that ought to be their sum. A date has no time of day;
 * noon UTC is that day nearly everywhere.
 */
final class CostTracking implements FileReader {
    /** Such a file is written by hand, or by a script for a person to read. */
    private static final int MAX_BYTES = 4 << 20;

    private static final Pattern AMOUNT = Pattern.compile("[$]?\\s*(-?[0-9][0-9,_]*(?:\\.[0-9]+)?)\\s*(?:USD)?");
    private static final List<String> ANTHROPIC = List.of("claude", "haiku", "sonnet", "opus");
    private static final YAMLMapper YAML = mapper();

    private static YAMLMapper mapper() {
        var limits = new LoaderOptions();
        limits.setCodePointLimit(MAX_BYTES);
        limits.setMaxAliasesForCollections(20);
        limits.setNestingDepthLimit(20);
        return YAMLMapper.builder(YAMLFactory.builder().loaderOptions(limits).build())
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
    }

    @Override
    public void read(FileContent file, Rows rows) throws IOException {
        var bytes = file.content().readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            rows.row(1, Submitted.refused(0, "file", "must have at most " + (MAX_BYTES >> 20) + " MB"));
            return;
        }
        try {
            read(YAML.readTree(bytes), file.now(), rows);
        } catch (JacksonException e) {
            var line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
            rows.row(line, Submitted.refused(0, "file", "must be YAML, and is broken here"));
        }
    }

    private static void read(JsonNode document, Instant now, Rows rows) {
        var session = text(document, "session");
        var date = date(document.path("date").asText(""));
        if (session == null || date == null || !document.path("tasks").isArray()) {
            var field = session == null ? "session" : date == null ? "date" : "tasks";
            rows.row(1, Submitted.refused(0, field, "is required in a COST-TRACKING file"));
            return;
        }
        var sums = new Sums();
        var at = date.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
        for (int index = 0; index < document.get("tasks").size(); index++) {
            var task = document.get("tasks").get(index);
            sums.add(task);
            rows.row(index + 1, submitted(document, task, index, session, at, now));
        }
        sums.compare(document, rows);
        var allocated = amount(document.path("budget_allocated"));
        if (allocated != null && allocated.signum() > 0) {
            rows.sessionBudget(new SessionBudget(session, Money.of(allocated), date));
        }
    }

    private static Submitted submitted(
            JsonNode document, JsonNode task, int index, String session, Instant at, Instant now) {
        var payload = Payload.of(plain(task), now);
        var model = payload.text(ForeignCall.KEY_LENGTH, "model");
        if (model == null && payload.errors().isEmpty()) {
            payload.error("model", "is required");
        }
        var description = text(task, "description");
        var hash = description == null ? null : RowIds.of(description);
        var tokens = Tokens.of(payload.count("tokens_in"), payload.count("tokens_out"));
        var call = new ForeignCall()
                .id(RowIds.of(session, at.toString(), String.valueOf(index), String.valueOf(hash)))
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

    /** Amounts and counts as numbers, whatever they are written with. */
    private static JsonNode plain(JsonNode task) {
        if (!task.isObject()) {
            return task;
        }
        ObjectNode plain = task.deepCopy();
        for (var field : List.of("tokens_in", "tokens_out", "cost_usd")) {
            var amount = amount(task.path(field));
            if (amount != null) {
                plain.set(field, JsonNodeFactory.withExactBigDecimals(true).numberNode(amount));
            }
        }
        return plain;
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

    private static @Nullable BigDecimal amount(JsonNode value) {
        if (value.isNumber()) {
            return value.decimalValue();
        }
        var match = AMOUNT.matcher(value.asText("").strip());
        return match.matches() && match.group(1).length() < 40
                ? new BigDecimal(match.group(1).replaceAll("[,_]", ""))
                : null;
    }

    /** What the tasks add up to. */
    private static final class Sums {
        private BigDecimal cost = BigDecimal.ZERO;
        private BigDecimal in = BigDecimal.ZERO;
        private BigDecimal out = BigDecimal.ZERO;
        private long haiku;
        private long sonnet;

        void add(JsonNode task) {
            cost = cost.add(orZero(amount(task.path("cost_usd"))));
            in = in.add(orZero(amount(task.path("tokens_in"))));
            out = out.add(orZero(amount(task.path("tokens_out"))));
            var model = task.path("model").asText("").toLowerCase(java.util.Locale.ROOT);
            haiku += model.contains("haiku") ? 1 : 0;
            sonnet += model.contains("sonnet") ? 1 : 0;
        }

        void compare(JsonNode document, Rows rows) {
            compare(document, "total_cost", cost, rows);
            compare(document, "budget_spent", cost, rows);
            compare(document, "total_tokens_in", in, rows);
            compare(document, "total_tokens_out", out, rows);
            var efficiency = document.path("efficiency_metrics");
            compare(efficiency, "haiku_tasks", BigDecimal.valueOf(haiku), rows);
            compare(efficiency, "sonnet_tasks", BigDecimal.valueOf(sonnet), rows);
        }

        private static void compare(JsonNode document, String total, BigDecimal counted, Rows rows) {
            var stated = amount(document.path(total));
            if (stated != null && stated.compareTo(counted) != 0) {
                rows.difference(new Difference(null, total, stated, counted));
            }
        }

        private static BigDecimal orZero(@Nullable BigDecimal amount) {
            return amount == null ? BigDecimal.ZERO : amount;
        }
    }
}
