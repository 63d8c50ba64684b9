package dev.centime.gateway.route;

import java.util.Arrays;
import java.util.Locale;

/** The services behind the door. */
public enum Service {
    INGEST,
    BUDGET,
    FORECAST,
    RECOMMENDATION;

    /** As in configuration, routes and answers. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when there is none */
    static Service of(String text) {
        return Arrays.stream(values())
                .filter(service -> service.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such service: " + text));
    }
}
