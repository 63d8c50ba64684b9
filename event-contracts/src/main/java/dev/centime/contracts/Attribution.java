package dev.centime.contracts;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whom and what a call is charged to.
 *
 * @param subject the id that stands for the user; never a name
 * @param tags any further dimension; empty when there is none
 */
public record Attribution(
        @Nullable String subject,
        @Nullable String project,
        @Nullable String experiment,
        @Nullable String session,
        @Nullable String run,
        @Nullable String operation,
        Map<String, String> tags) {

    public static final Attribution NONE = new Attribution(null, null, null, null, null, null, Map.of());

    public Attribution {
        //noinspection ConstantValue: absent in JSON when empty
        tags = tags == null ? Map.of() : Map.copyOf(tags);
    }
}
