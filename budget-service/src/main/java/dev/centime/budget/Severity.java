package dev.centime.budget;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.centime.contracts.AlertRaised;
import java.util.Locale;

/** How bad an alert is, ascending. */
public enum Severity {
    INFO,
    WARNING,
    CRITICAL;

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** That of an alert; a word that is not known here is taken for a warning. */
    public static Severity of(AlertRaised alert) {
        return switch (alert.severity()) {
            case "info" -> INFO;
            case "critical" -> CRITICAL;
            default -> WARNING;
        };
    }
}
