package dev.centime.ingest.accept.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import dev.centime.ingest.accept.ForeignCall;
import dev.centime.ingest.accept.OpenAiUsage;
import dev.centime.ingest.accept.Payload;
import dev.centime.ingest.accept.PayloadTree;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session log of Codex: totals of the session so far, told after each turn and now and then in between. A call is the difference to
 * the total before; where the total falls, as after a compaction, what the row says of the last turn. The model stands in the
 * turn's own row. A fork begins with a copy of its parent's log, which has been counted there; a sub-agent that is no fork begins
 * at nothing.
 */
final class CodexLog implements FileReader {
    private static final byte[] TOKEN_COUNT = "\"token_count\"".getBytes(UTF_8);
    private static final byte[] TURN_CONTEXT = "\"turn_context\"".getBytes(UTF_8);
    private static final byte[] TASK_STARTED = "\"task_started\"".getBytes(UTF_8);
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
            if (lines.tooLong()
                    || lines.has(TOKEN_COUNT)
                    || lines.has(TURN_CONTEXT)
                    || lines.has(TASK_STARTED)
                    || lines.has(SESSION_META)) {
                JsonRows.line(lines, rows, session::row);
            } else {
                rows.ignored();
            }
        }
    }

    private static final class Session {
        private final FileContent file;
        private final Rows rows;
        private String id;
        private @Nullable String project;
        private @Nullable String model;
        private @Nullable Instant created;
        private boolean begun;
        private boolean copied;
        private CodexTotals total = CodexTotals.NONE;

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
                case "session_meta" -> meta(row, payload);
                case "turn_context" -> {
                    turn(row, payload);
                    var said = payload.label(ForeignCall.KEY_LENGTH, "model");
                    model = said == null ? model : said;
                    project = payload.has("cwd") ? Projects.named(payload.label(1000, "cwd")) : project;
                    rows.ignored();
                }
                case "event_msg" -> event(line, row, payload);
                default -> rows.ignored();
            }
        }

        /** The first is the log's own. Others were copied with what follows them, unless it is told of once more. */
        private void meta(Payload row, Payload payload) {
            var said = payload.label(ForeignCall.KEY_LENGTH / 2, "id");
            if (!begun) {
                begun = true;
                id = said == null ? id : said;
                project = Projects.named(payload.label(1000, "cwd"));
                created = payload.has("timestamp") ? payload.instant("timestamp") : row.instant("timestamp");
                copied = created != null && payload.label(ForeignCall.KEY_LENGTH, "forked_from_id") != null;
            } else if (id.equals(said)) {
                copied = false;
            }
            rows.ignored();
        }

        private void event(long line, Payload row, Payload payload) {
            var kind = payload.label(40, "type");
            if ("token_count".equals(kind) && payload.has("info")) {
                count(line, row, payload.object("info"));
                return;
            }
            if ("task_started".equals(kind)) {
                turn(row, payload);
            }
            rows.ignored();
        }

        private void turn(Payload row, Payload payload) {
            copied = copied && !CodexTurns.isAfter(CodexTurns.began(row, payload), created);
        }

        private void count(long line, Payload row, Payload info) {
            var last = CodexTotals.of(info.object("last_token_usage"));
            var now = info.has("total_token_usage") ? CodexTotals.of(info.object("total_token_usage")) : null;
            var used = now != null && total.within(now) ? now.minus(total) : last;
            total = now == null ? total : now;
            if (row.errors().isEmpty() && (copied || used.equals(CodexTotals.NONE))) {
                // Of the parent; or told once more, with new rate limits and nothing else.
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
