package dev.centime.ingest.imports;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.UsageRecorded.Convention;
import dev.centime.ingest.accept.RecordParser;
import dev.centime.ingest.command.recordusage.RecordUsage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Rows as the bytes of a chunk: a record of Centime's own a line, with where it stood and how it was counted, packed. */
final class Spooled {
    private static final ObjectMapper MAPPER = Contracts.mapper();
    private static final ObjectWriter ROW = MAPPER.writerFor(SpooledRow.class);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    private final GZIPOutputStream packed;
    private int count;

    Spooled() {
        try {
            packed = new FastGzip(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** These bytes live for seconds, so speed counts for more than size. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(ByteArrayOutputStream out) throws IOException {
            super(out, 1 << 13);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    void add(SpooledRow row) {
        try {
            packed.write(ROW.writeValueAsBytes(row));
            packed.write('\n');
            count++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int count() {
        return count;
    }

    byte[] end() {
        try {
            packed.close();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<SpooledRow> rows(byte[] chunk, Instant now) {
        var rows = new ArrayList<SpooledRow>();
        try (var json =
                MAPPER.getFactory().createParser(new GZIPInputStream(new ByteArrayInputStream(chunk), 1 << 14))) {
            while (json.nextToken() == JsonToken.START_OBJECT) {
                rows.add(row(json, now));
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SpooledRow row(JsonParser json, Instant now) throws IOException {
        String file = null;
        var line = 0L;
        Convention convention = null;
        JsonNode rawUsage = null;
        var negative = false;
        RecordUsage usage = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var field = json.currentName();
            json.nextToken();
            switch (field) {
                case "file" -> file = json.getText();
                case "line" -> line = json.getLongValue();
                case "convention" -> convention = convention(json.getText());
                case "raw_usage" -> rawUsage = MAPPER.readTree(json);
                case "negative_remainder" -> negative = json.getBooleanValue();
                case "usage" -> usage = usage(json, now);
                default -> json.skipChildren();
            }
        }
        return new SpooledRow(file, line, convention, rawUsage, negative, Objects.requireNonNull(usage));
    }

    private static @Nullable Convention convention(String text) {
        return Convention.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static RecordUsage usage(JsonParser json, Instant now) throws IOException {
        var read = RecordParser.parse(json, 0, now);
        if (read.command() == null) {
            throw new IllegalStateException("a record that was read once cannot be read again: " + read.errors());
        }
        return read.command();
    }
}
