package dev.centime.ingest.accept.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.centime.ingest.accept.ForeignCall;
import dev.centime.ingest.accept.OpenAiUsage;
import dev.centime.ingest.accept.Payload;
import dev.centime.ingest.accept.PayloadTree;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session log of Codex: totals of the session so far, told after each turn and now and then in between. A call is the difference to
 * the total before; where the total falls, as after a compaction, what the row says of the last turn. The model stands in the
 * turn's own row.
 */
final class CodexLog implements FileReader {
    private static final byte[] TOKEN_COUNT = "\"token_count\"".getBytes(UTF_8);
    private static final byte[] TURN_CONTEXT = "\"turn_context\"".getBytes(UTF_8);
    private static final byte[] SESSION_META = "\"session_meta\"".getBytes(UTF_8);
    private static final Set<String> PASSED_OVER = Set.of(
            "payload.instructions",
            "payload.base_instructions",
            "payload.user_instructions",
            "payload.developer_instructions",
            "payload.content",
            "payload.message",
            "payload.summary");

    @Override
    public void read(FileContent file, Rows rows) throws IOException {
        var session = new Session(file, rows);
        var lines = new Lines(file.content());
        while (lines.next()) {
            if (lines.tooLong() || lines.has(TOKEN_COUNT) || lines.has(TURN_CONTEXT) || lines.has(SESSION_META)) {
                JsonRows.line(lines, rows, session::row);
            } else {
                rows.ignored();
            }
        }
    }

    /** The counts of a row, cached and reasoning inside input and output. */
    private record Count(long input, long cached, long output, long reasoning) {
        static final Count NONE = new Count(0, 0, 0, 0);

        static Count of(Payload usage) {
            return new Count(
                    usage.count("input_tokens"),
                    usage.count("cached_input_tokens", "cache_read_input_tokens"),
                    usage.count("output_tokens"),
                    usage.count("reasoning_output_tokens"));
        }

        boolean within(Count later) {
            return input <= later.input
                    && cached <= later.cached
                    && output <= later.output
                    && reasoning <= later.reasoning;
        }

        Count minus(Count before) {
            return new Count(
                    input - before.input, cached - before.cached, output - before.output, reasoning - before.reasoning);
        }

        /** As OpenAI's own block, without the total: a total of Codex may or may not hold the reasoning. */
        JsonNode block() {
            var block = JsonNodeFactory.instance.objectNode();
            block.put("input_tokens", input).putObject("input_tokens_details").put("cached_tokens", cached);
            block.put("output_tokens", output)
                    .putObject("output_tokens_details")
                    .put("reasoning_tokens", reasoning);
            return block;
        }
    }

    private static final class Session {
        private final FileContent file;
        private final Rows rows;
        private String id;
        private @Nullable String project;
        private @Nullable String model;
        private Count total = Count.NONE;

        Session(FileContent file, Rows rows) {
            this.file = file;
            this.rows = rows;
            var name = file.simpleName();
            this.id = name.endsWith(".jsonl") ? name.substring(0, name.length() - ".jsonl".length()) : name;
        }

        void row(JsonParser json, long line) throws IOException {
            var row = Payload.of(PayloadTree.read(json, PASSED_OVER), file.now());
            var payload = row.object("payload");
            switch (String.valueOf(row.label(40, "type"))) {
                case "session_meta" -> {
                    var said = payload.label(ForeignCall.KEY_LENGTH / 2, "id");
                    id = said == null ? id : said;
                    project = Projects.named(payload.label(1000, "cwd"));
                    rows.ignored();
                }
                case "turn_context" -> {
                    var said = payload.label(ForeignCall.KEY_LENGTH, "model");
                    model = said == null ? model : said;
                    project = payload.has("cwd") ? Projects.named(payload.label(1000, "cwd")) : project;
                    rows.ignored();
                }
                case "event_msg" -> {
                    if ("token_count".equals(payload.label(40, "type")) && payload.has("info")) {
                        count(line, row, payload.object("info"));
                    } else {
                        rows.ignored();
                    }
                }
                default -> rows.ignored();
            }
        }

        private void count(long line, Payload row, Payload info) {
            var last = Count.of(info.object("last_token_usage"));
            var now = info.has("total_token_usage") ? Count.of(info.object("total_token_usage")) : null;
            var used = now != null && total.within(now) ? now.minus(total) : last;
            total = now == null ? total : now;
            if (used.equals(Count.NONE) && row.errors().isEmpty()) {
                // Told once more, with new rate limits and nothing else.
                rows.repeated();
                return;
            }
            var at = row.instant("timestamp");
            var named = info.label(ForeignCall.KEY_LENGTH, "model", "model_name");
            var call = new ForeignCall()
                    .id(id + ":" + RowIds.of(String.valueOf(at), String.valueOf(now == null ? last : now)))
                    .timestamp(at)
                    .provider("openai")
                    .model(named != null ? named : model != null ? model : "unknown")
                    .session(id)
                    .project(project)
                    .usage(OpenAiUsage.read(Payload.of(used.block(), file.now())));
            rows.row(line, call.submitted(0, row));
        }
    }
}
