package dev.centime.ingest.exports;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What an export can be written as. */
public enum ExportFormat {
    CSV("text/csv;charset=utf-8"),
    JSON("application/json"),
    NDJSON("application/x-ndjson"),
    PARQUET("application/vnd.apache.parquet");

    private final String contentType;

    ExportFormat(String contentType) {
        this.contentType = contentType;
    }

    /** As in a query, in events and at the end of a file's name. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String contentType() {
        return contentType;
    }

    public static List<String> texts() {
        return Arrays.stream(values()).map(ExportFormat::text).toList();
    }

    /** @throws IllegalArgumentException when there is none */
    @JsonCreator
    public static ExportFormat of(String text) {
        return Arrays.stream(values())
                .filter(format -> format.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of " + String.join(", ", texts())));
    }
}
