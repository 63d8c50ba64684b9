package dev.centime.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The calls that something is about, as a set of filters: every dimension named must match, and any of its values does. No
 * dimension means all calls of the organization.
 *
 * @param filters values by dimension: provider, model, project, experiment, session, user (subject ids in the log),
 *     operation, run, {@code tag.KEY}
 */
public record Scope(Map<String, List<String>> filters) {
    public static final Scope ORGANIZATION = new Scope(Map.of());

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Scope {
        var sorted = new TreeMap<String, List<String>>();
        filters.forEach((dimension, values) -> sorted.put(dimension, List.copyOf(values)));
        filters = java.util.Collections.unmodifiableMap(sorted);
    }

    @JsonValue
    @Override
    public Map<String, List<String>> filters() {
        return filters;
    }

    /** Whether a call belongs to this scope. A call without a value in a named dimension does not. */
    public boolean covers(Model model, Attribution attribution) {
        return filters.entrySet().stream().allMatch(filter -> {
            var value = valueOf(filter.getKey(), model, attribution);
            return value != null && filter.getValue().contains(value);
        });
    }

    private static @org.jspecify.annotations.Nullable String valueOf(
            String dimension, Model model, Attribution attribution) {
        return switch (dimension) {
            case "provider" -> model.provider();
            case "model" -> model.name();
            case "project" -> attribution.project();
            case "experiment" -> attribution.experiment();
            case "session" -> attribution.session();
            case "user" -> attribution.subject();
            case "operation" -> attribution.operation();
            case "run" -> attribution.run();
            default ->
                dimension.startsWith("tag.") ? attribution.tags().get(dimension.substring("tag.".length())) : null;
        };
    }
}
