package dev.centime.ingest.accept.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.centime.ingest.accept.RecordParser;
import dev.centime.ingest.command.recordusage.Submitted;
import dev.centime.kit.Problem.FieldError;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;

/** A table with a heading, in any of the ways in which programs write them; a row a call. */
final class CsvTable implements FileReader {
    /** A heading, with what stands before it. */
    private static final int SNIFFED_BYTES = 1 << 16;

    private static final int MAX_FIELD_CHARACTERS = 1 << 20;

    @Override
    public void read(FileContent file, Rows rows) throws IOException {
        each(file, rows, (heading, record, delimiter) -> {
            var columns = Columns.of(heading, file.columns(), delimiter != ',');
            return row -> rows.row(row.getStartingLineNumber(), submitted(columns, row, file));
        });
    }

    private static Submitted submitted(Columns columns, CsvRecord row, FileContent file) throws IOException {
        var faults = new ArrayList<FieldError>();
        JsonNode record = columns.record(row.getFields(), faults);
        if (!faults.isEmpty()) {
            return Submitted.refused(0, null, faults);
        }
        try (var json = record.traverse()) {
            json.nextToken();
            var submitted = RecordParser.parse(json, 0, file.now());
            return submitted.command() == null || submitted.command().id() != null
                    ? submitted
                    : Submitted.of(
                            0,
                            submitted
                                    .command()
                                    .identified(RowIds.of(
                                            String.join("\n", row.getFields()),
                                            String.valueOf(row.getStartingLineNumber()))));
        }
    }

    /** What becomes of a row. */
    interface Row {
        void read(CsvRecord row) throws IOException;
    }

    /** Looks at the heading and says what becomes of the rows. */
    interface Heading {
        Row of(List<String> heading, CsvRecord record, char delimiter) throws IOException;
    }

    /** Every row after the heading. A row with other than the heading's number of fields is rejected by itself. */
    static void each(FileContent file, Rows rows, Heading heading) throws IOException {
        var in = new BufferedInputStream(file.content(), SNIFFED_BYTES);
        in.mark(SNIFFED_BYTES);
        var delimiter = Delimiters.of(new String(in.readNBytes(SNIFFED_BYTES - 1), UTF_8));
        in.reset();
        try (var reader = CsvReader.builder()
                .fieldSeparator(delimiter)
                .skipEmptyLines(true)
                // Said of the row rather than of the file.
                .allowExtraFields(true)
                .allowMissingFields(true)
                .detectBomHeader(false)
                .maxBufferSize(16 * MAX_FIELD_CHARACTERS)
                .ofCsvRecord(new InputStreamReader(in, UTF_8))) {
            var records = reader.iterator();
            if (!records.hasNext()) {
                return;
            }
            var first = records.next();
            var names = first.getFields().stream().map(CsvTable::name).toList();
            var row = heading.of(names, first, delimiter);
            while (records.hasNext()) {
                var record = records.next();
                if (record.getFieldCount() == names.size()) {
                    OneRow.read(rows, record.getStartingLineNumber(), () -> row.read(record));
                } else {
                    rows.row(
                            record.getStartingLineNumber(),
                            Submitted.refused(
                                    0,
                                    "line",
                                    "must have " + names.size() + " fields as the heading has, not "
                                            + record.getFieldCount()));
                }
            }
        } catch (CsvParseException e) {
            rows.row(1, Submitted.refused(0, "file", "is no CSV from some line on: a field is too long or not closed"));
        }
    }

    private static String name(String heading) {
        return heading.replace("\uFEFF", "").strip();
    }
}
