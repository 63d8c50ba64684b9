package dev.centime.ingest.accept.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import dev.centime.contracts.Tokens;
import dev.centime.ingest.accept.AnthropicUsage;
import dev.centime.ingest.accept.ForeignCall;
import dev.centime.ingest.accept.Payload;
import dev.centime.ingest.accept.PayloadTree;
import dev.centime.ingest.command.recordusage.RecordUsage;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session log of Claude Code. An answer is written as several rows while it streams; a call is known by the id of the message and
 * that of the request, by the message's alone where there is no other. Field names and these habits as ccusage reads them (MIT,
 * github.com/ryoppippi/ccusage).
 */
final class ClaudeCodeLog implements FileReader {
    private static final byte[] USAGE = "\"usage\"".getBytes(UTF_8);
    private static final Set<String> PASSED_OVER =
            Set.of("message.content", "toolUseResult", "content", "data", "snapshot");
    private static final char BEFORE_REQUEST = ':';
    private static final String SIDECHAIN = "sidechain";
    private static final String NO_MODEL = "<synthetic>";

    /** Of all files of an import: a resumed session begins with a copy of the one before. */
    private final GrowingRows growing = new GrowingRows();

    @Override
    public void read(FileContent file, Rows rows) throws IOException {
        var lines = new Lines(file.content());
        while (lines.next()) {
            if (lines.tooLong() || lines.has(USAGE)) {
                JsonRows.line(lines, rows, (json, line) -> row(json, line, file, rows));
            } else {
                rows.ignored();
            }
        }
    }

    @Override
    public void end() {
        growing.end();
    }

    private void row(JsonParser json, long line, FileContent file, Rows rows) throws IOException {
        var payload = Payload.of(PayloadTree.read(json, PASSED_OVER), file.now());
        var message = payload.object("message");
        if (!message.node().path("usage").isObject()
                || NO_MODEL.equals(message.label(ForeignCall.KEY_LENGTH, "model"))) {
            rows.ignored();
            return;
        }
        var usage = AnthropicUsage.read(message.object("usage"));
        if (usage.tokens().equals(Tokens.NONE) && payload.errors().isEmpty()) {
            // An error of the interface, or a row before the first token: the model was not asked.
            rows.ignored();
            return;
        }
        var model = message.text(ForeignCall.KEY_LENGTH, "model");
        if (model == null && payload.errors().isEmpty()) {
            message.error("model", "is required");
        }
        var sidechain = Boolean.TRUE.equals(payload.flag("isSidechain"));
        var messageId = message.text(ForeignCall.KEY_LENGTH / 2, "id");
        var id = id(payload, messageId, line);
        var call = new ForeignCall()
                .id(id)
                .timestamp(payload.instant("timestamp"))
                .provider(model != null && model.startsWith("claude") ? "anthropic" : null)
                .model(model)
                .session(payload.label(ForeignCall.KEY_LENGTH, "sessionId"))
                .project(project(payload, file))
                .usage(usage)
                .reportedCost(payload.cost("costUSD"))
                .tag("speed", message.object("usage").label(40, "speed"))
                .tag(SIDECHAIN, sidechain ? "true" : null);
        if (sidechain && messageId != null) {
            growing.remember(messageId, id);
        }
        growing.row(rows, line, call.submitted(0, payload), messageId == null ? id : messageId, sidechain);
    }

    /** The message, and the request where there is one. A message's own colons give way, so that the first one ends it. */
    private static String id(Payload payload, @Nullable String messageId, long line) {
        var request = payload.text(ForeignCall.KEY_LENGTH / 2 - 1, "requestId");
        if (messageId != null) {
            var message = messageId.replace(BEFORE_REQUEST, '_');
            return request == null ? message : message + BEFORE_REQUEST + request;
        }
        return RowIds.of(payload.node().toString(), String.valueOf(line));
    }

    /** A record's message; what is of a sidechain may be a copy. */
    static ToldAnswer answer(RecordUsage usage) {
        var id = String.valueOf(usage.id());
        var end = id.indexOf(BEFORE_REQUEST);
        return new ToldAnswer(end < 0 ? id : id.substring(0, end), usage.tags().containsKey(SIDECHAIN));
    }

    /** The folder worked in; without it, the folder that the log lies in, which Claude Code names after it. */
    private static @Nullable String project(Payload payload, FileContent file) {
        var folder = payload.label(1000, "cwd");
        return Projects.named(folder == null ? file.folder() : folder);
    }
}
