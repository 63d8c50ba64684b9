package dev.centime.ingest.exports;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the rows of an export are. */
public enum ExportLayout {
    /** Calls, as {@code GET /usage} lists them. */
    CALLS,
    /** Sessions, as {@code GET /sessions} lists them. */
    SESSIONS,
    /** Sessions as files of cost tracking have them. */
    COST_TRACKING;

    /** As in a query and in events. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static List<String> texts() {
        return Arrays.stream(values()).map(ExportLayout::text).toList();
    }

    /** @throws IllegalArgumentException when there is none */
    @JsonCreator
    public static ExportLayout of(String text) {
        return Arrays.stream(values())
                .filter(layout -> layout.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of " + String.join(", ", texts())));
    }
}
