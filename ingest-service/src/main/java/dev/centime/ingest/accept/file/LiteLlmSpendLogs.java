package dev.centime.ingest.accept.file;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.ingest.accept.LiteLlmCall;
import dev.centime.ingest.accept.Payload;
import dev.centime.ingest.accept.PayloadTree;
import dev.centime.ingest.command.recordusage.Submitted;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Rows of {@code LiteLLM_SpendLogs}: as the proxy answers them, or as the table is exported. They are read as the callback's payloads
 * are, once values have their form.
 */
final class LiteLlmSpendLogs implements FileReader {
    @Override
    public void read(FileContent file, Rows rows) throws IOException {
        var content = new BufferedInputStream(file.content());
        var first = JsonRows.firstByte(content);
        if (first == '{' || first == '[') {
            json(content, file, rows);
        } else {
            table(new FileContent(file.name(), content, file.columns(), file.now()), rows);
        }
    }

    /** One object, an array, pages that hold one under data, or an object a line. */
    private static void json(InputStream content, FileContent file, Rows rows) throws IOException {
        JsonRows.Record row = (json, line) -> rows.row(line, submitted(tree(json), file));
        JsonRows.Record rowOrPage = (json, line) -> rowOrPage(json, line, file, rows, row);
        try (var json = JsonRows.JSON.createParser(content)) {
            while (json.nextToken() != null) {
                var line = json.currentTokenLocation().getLineNr();
                switch (json.currentToken()) {
                    case START_OBJECT -> JsonRows.element(json, line, rows, rowOrPage);
                    case START_ARRAY -> JsonRows.array(json, rows, row);
                    default -> rows.row(line, Submitted.refused(0, "record", "must be an object"));
                }
            }
        } catch (JacksonException e) {
            var line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
            rows.row(line, Submitted.refused(0, "file", "is broken or cut off here"));
        }
    }

    private static void rowOrPage(JsonParser json, long line, FileContent file, Rows rows, JsonRows.Record row)
            throws IOException {
        var tree = PayloadTree.read(json, LiteLlmCall.NEVER_READ, "data", page -> JsonRows.array(page, rows, row));
        if (!tree.path("data").isArray()) {
            rows.row(line, submitted(tree, file));
        }
    }

    private static JsonNode tree(JsonParser json) throws IOException {
        return PayloadTree.read(json, LiteLlmCall.NEVER_READ);
    }

    private static void table(FileContent file, Rows rows) throws IOException {
        CsvTable.each(file, rows, (heading, first, delimiter) -> row -> {
            var record = JsonNodeFactory.instance.objectNode();
            for (var i = 0; i < heading.size(); i++) {
                var value = row.getField(i).strip();
                if (!value.isEmpty() && !LiteLlmCall.NEVER_READ.contains(heading.get(i))) {
                    record.set(heading.get(i), LiteLlmValues.ofCell(heading.get(i), value));
                }
            }
            rows.row(row.getStartingLineNumber(), submitted(record, file));
        });
    }

    private static Submitted submitted(JsonNode row, FileContent file) {
        var plain = row instanceof ObjectNode object ? LiteLlmValues.plain(object) : row;
        return LiteLlmCall.read(Payload.of(plain, file.now()), "request_id", 0);
    }
}
