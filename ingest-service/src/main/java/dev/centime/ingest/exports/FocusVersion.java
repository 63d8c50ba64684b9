package dev.centime.ingest.exports;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;

/** The versions of the FinOps Open Cost and Usage Specification (FOCUS, focus.finops.org) that calls can be told in. */
public enum FocusVersion {
    V1_2("1.2"),
    V1_4("1.4");

    private final String text;

    FocusVersion(String text) {
        this.text = text;
    }

    @JsonValue
    public String text() {
        return text;
    }

    public static List<String> texts() {
        return Arrays.stream(values()).map(FocusVersion::text).toList();
    }

    /** @throws IllegalArgumentException when Centime does not know it */
    @JsonCreator
    public static FocusVersion of(String text) {
        return Arrays.stream(values())
                .filter(version -> version.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of " + String.join(", ", texts())));
    }
}
