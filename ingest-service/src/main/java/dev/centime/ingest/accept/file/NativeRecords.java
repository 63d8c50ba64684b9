package dev.centime.ingest.accept.file;

import com.fasterxml.jackson.core.JsonParser;
import dev.centime.ingest.accept.RecordParser;
import dev.centime.ingest.command.recordusage.Submitted;
import java.io.BufferedInputStream;
import java.io.IOException;

/** Centime's own records, one a line or in an array. */
final class NativeRecords implements FileReader {
    @Override
    public void read(FileContent file, Rows rows) throws IOException {
        JsonRows.Record record = (json, line) -> rows.row(line, identified(json, line, file));
        var content = new BufferedInputStream(file.content());
        if (JsonRows.firstByte(content) == '[') {
            JsonRows.elements(content, "", rows, record);
        } else {
            JsonRows.lines(new Lines(content), rows, record);
        }
    }

    /** A record without an id has that of its content and place. */
    private static Submitted identified(JsonParser json, long line, FileContent file) throws IOException {
        var submitted = RecordParser.parse(json, 0, file.now());
        return submitted.command() == null || submitted.command().id() != null
                ? submitted
                : Submitted.of(
                        0,
                        submitted
                                .command()
                                .identified(RowIds.of(submitted.command().toString(), String.valueOf(line))));
    }
}
