package dev.centime.ingest.exports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.writer.CsvWriter;
import dev.centime.contracts.Contracts;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A table of text with a heading (RFC 4180). Text that a spreadsheet would take for a formula is led by an
 * apostrophe; numbers are numbers, also negative ones.
 */
final class CsvRendering<T> implements Rendering<T> {
    /** What a formula can begin with, also in the wide forms that some spreadsheets read alike. */
    private static final String FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private static final byte[] NOTHING = {};
    private static final ObjectMapper MAPPER = Contracts.mapper();

    private final List<Column<T>> columns;

    CsvRendering(List<Column<T>> columns) {
        this.columns = columns;
    }

    @Override
    public byte[] begin() {
        return written(csv -> csv.writeRecord(columns.stream().map(Column::name).toList()));
    }

    @Override
    public byte[] rows(List<T> rows) {
        return written(csv -> rows.forEach(row -> {
            var line = csv.writeRecord();
            columns.forEach(column -> line.writeField(field(column, row)));
            line.endRecord();
        }));
    }

    @Override
    public byte[] end() {
        return NOTHING;
    }

    private static byte[] written(Consumer<CsvWriter> lines) {
        var text = new StringWriter();
        try (var csv = CsvWriter.builder().build(text)) {
            lines.accept(csv);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static <T> @Nullable String field(Column<T> column, T row) {
        var value = column.value().apply(row);
        if (value == null) {
            return null;
        }
        return switch (column.kind()) {
            case TEXT -> harmless(value.toString());
            case NUMBER -> ((BigDecimal) value).toPlainString();
            case DOLLARS -> "$" + value;
            case MAP -> json(value);
            case WHOLE, MONEY, INSTANT, DATE, FLAG -> value.toString();
        };
    }

    private static String harmless(String text) {
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String json(Object map) {
        try {
            return MAPPER.writeValueAsString(map);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
