package dev.centime.ingest.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.ingest.accept.file.FileFormat;
import dev.centime.kit.Problem;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands beside the file in the form.
 *
 * @param format null to guess it
 * @param columns fields by column of a table
 */
record ImportForm(@Nullable FileFormat format, Map<String, String> columns, boolean dryRun) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_COLUMNS = 200;

    /** @throws Problem 422 naming the field at fault */
    static ImportForm of(Map<String, String> fields) {
        return new ImportForm(
                format(fields.get("format")), columns(fields.get("mapping")), dryRun(fields.get("dry_run")));
    }

    private static @Nullable FileFormat format(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        return FileFormat.of(text.strip())
                .orElseThrow(() ->
                        Problem.unprocessable("format", "must be one of " + String.join(", ", FileFormat.names())));
    }

    private static Map<String, String> columns(@Nullable String json) {
        if (json == null || json.isBlank()) {
            return Map.of();
        }
        try {
            var columns = JSON.readValue(json, new TypeReference<Map<String, String>>() {});
            if (columns.size() > MAX_COLUMNS) {
                throw Problem.unprocessable("mapping", "must have at most " + MAX_COLUMNS + " columns");
            }
            return Map.copyOf(columns);
        } catch (JsonProcessingException | NullPointerException e) {
            throw Problem.unprocessable("mapping", "must be a JSON object of field names by column");
        }
    }

    private static boolean dryRun(@Nullable String text) {
        return switch (text == null ? "" : text.strip()) {
            case "", "false" -> false;
            case "true" -> true;
            default -> throw Problem.unprocessable("dry_run", "must be true or false");
        };
    }
}
