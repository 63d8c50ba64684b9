package dev.centime.forecast.spend;

import dev.centime.contracts.Scope;
import java.util.Locale;
import java.util.Set;

/** How finely spend is kept apart; each question is answered from the coarsest grain that can. */
enum Grain {
    /** All of an organization. */
    TOTAL(Set.of()),
    /** By the dimensions that have few values. */
    CUBE(Set.of("provider", "model", "project", "experiment", "operation")),
    /** By user and tags as well. Calls that have neither are not kept: no filter on these would ever match them. */
    FINE(Set.of("provider", "model", "project", "experiment", "operation", "user"));

    private static final String TAG = "tag.";

    private final Set<String> dimensions;

    Grain(Set<String> dimensions) {
        this.dimensions = dimensions;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The coarsest that knows all dimensions of a scope. @throws IllegalArgumentException for a session or a run */
    static Grain of(Scope scope) {
        var asked = scope.filters().keySet();
        for (var grain : values()) {
            if (asked.stream().allMatch(grain::knows)) {
                return grain;
            }
        }
        throw new IllegalArgumentException("sessions and runs end: they have no days to come");
    }

    private boolean knows(String dimension) {
        return dimensions.contains(dimension) || this == FINE && dimension.startsWith(TAG);
    }
}
