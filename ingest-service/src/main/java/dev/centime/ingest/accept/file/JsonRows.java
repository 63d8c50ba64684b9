package dev.centime.ingest.accept.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.centime.ingest.command.recordusage.Submitted;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** JSON in the ways in which files hold many records: one a line, or elements of an array that may lie in an object. */
final class JsonRows {
    static final JsonFactory JSON = JsonFactory.builder()
            // A long number is its record's fault alone; its length is looked at before it is read.
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Lines.MAX_BYTES)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    /** Space, and the bytes of UTF-8's mark. */
    private static final String BLANK = " \t\r\n\u00ef\u00bb\u00bf";

    private static final int LOOKED_AT = 1 << 12;

    private JsonRows() {}

    /** Reads the record that the parser stands at; afterwards it stands at its end. */
    @FunctionalInterface
    interface Record {
        void read(JsonParser json, long line) throws IOException;
    }

    /** One object a line. */
    static void lines(Lines lines, Rows rows, Record record) throws IOException {
        while (lines.next()) {
            line(lines, rows, record);
        }
    }

    static void line(Lines lines, Rows rows, Record record) {
        var number = lines.number();
        if (lines.tooLong()) {
            rows.row(number, Submitted.refused(0, "line", "must have at most " + (Lines.MAX_BYTES >> 20) + " MB"));
            return;
        }
        try (var json = JSON.createParser(lines.bytes(), 0, lines.length())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                rows.row(number, Submitted.refused(0, "line", "must be one JSON object"));
                return;
            }
            OneRow.read(rows, number, () -> record.read(json, number));
        } catch (IOException e) {
            rows.row(number, Submitted.refused(0, "line", "must be well-formed JSON in UTF-8"));
        }
    }

    /** An array of objects; or an object that has one under a name; or an object that is itself the one record. */
    static void elements(InputStream in, String name, Rows rows, Record record) throws IOException {
        try (var json = JSON.createParser(in)) {
            var first = json.nextToken();
            if (first == JsonToken.START_ARRAY) {
                array(json, rows, record);
            } else if (first == JsonToken.START_OBJECT) {
                object(json, name, rows, record);
            } else {
                rows.row(1, Submitted.refused(0, "file", "must be a JSON object or array"));
            }
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            var line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
            rows.row(line, Submitted.refused(0, "file", "is broken or cut off here"));
        }
    }

    private static void object(JsonParser json, String name, Rows rows, Record record) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var field = json.currentName();
            var value = json.nextToken();
            if (field.equals(name) && value == JsonToken.START_ARRAY) {
                array(json, rows, record);
            } else {
                json.skipChildren();
            }
        }
    }

    /** The objects of the array that the parser stands at. */
    static void array(JsonParser json, Rows rows, Record record) throws IOException {
        while (json.nextToken() != JsonToken.END_ARRAY) {
            var line = json.currentTokenLocation().getLineNr();
            if (json.currentToken() == JsonToken.START_OBJECT) {
                element(json, line, rows, record);
            } else {
                json.skipChildren();
                rows.row(line, Submitted.refused(0, "record", "must be an object"));
            }
        }
    }

    /** One that cannot be read is passed over to its end, so that the next one can be. */
    static void element(JsonParser json, long line, Rows rows, Record record) throws IOException {
        var around = json.getParsingContext().getParent();
        if (!OneRow.read(rows, line, () -> record.read(json, line))) {
            while (json.getParsingContext() != around && json.nextToken() != null) {
                // What is left of it tells of nothing.
            }
        }
    }

    /** The first byte that says something, or -1. Nothing of the stream is taken. */
    static int firstByte(BufferedInputStream in) throws IOException {
        in.mark(LOOKED_AT);
        var next = in.read();
        for (var read = 1; read < LOOKED_AT && BLANK.indexOf(next) >= 0; read++) {
            next = in.read();
        }
        in.reset();
        return next;
    }
}
