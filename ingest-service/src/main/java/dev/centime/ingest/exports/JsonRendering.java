package dev.centime.ingest.exports;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.contracts.Contracts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Objects in an array, or one a line. Money is a decimal string, as in every answer. */
final class JsonRendering<T> implements Rendering<T> {
    private static final ObjectMapper MAPPER = Contracts.mapper();

    private final List<Column<T>> columns;
    private final String before;
    private final String after;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final JsonGenerator json;

    private JsonRendering(List<Column<T>> columns, String before, String between, String after) {
        this.columns = columns;
        this.before = before;
        this.after = after;
        try {
            json = MAPPER.getFactory().createGenerator(written);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        json.setRootValueSeparator(new SerializedString(between));
    }

    /** @param before what stands before the array, and {@code after} behind it */
    static <T> JsonRendering<T> array(List<Column<T>> columns, String before, String after) {
        return new JsonRendering<>(columns, before + "[\n", ",\n", "\n]" + after + "\n");
    }

    static <T> JsonRendering<T> lines(List<Column<T>> columns) {
        return new JsonRendering<>(columns, "", "\n", "\n");
    }

    @Override
    public byte[] begin() {
        return before.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] rows(List<T> rows) {
        try {
            for (var row : rows) {
                write(row);
            }
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var bytes = written.toByteArray();
        written.reset();
        return bytes;
    }

    @Override
    public byte[] end() {
        return after.getBytes(StandardCharsets.UTF_8);
    }

    private void write(T row) throws IOException {
        json.writeStartObject();
        for (var column : columns) {
            json.writeFieldName(column.name());
            var value = column.value().apply(row);
            if (value == null) {
                json.writeNull();
                continue;
            }
            switch (column.kind()) {
                case WHOLE -> json.writeNumber((Long) value);
                case NUMBER -> json.writeNumber(((BigDecimal) value).toPlainString());
                case FLAG -> json.writeBoolean((Boolean) value);
                case MAP -> MAPPER.writeValue(json, value);
                case TEXT, MONEY, DOLLARS, INSTANT, DATE -> json.writeString(value.toString());
            }
        }
        json.writeEndObject();
    }
}
