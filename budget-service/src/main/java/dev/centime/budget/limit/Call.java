package dev.centime.budget.limit;

import dev.centime.contracts.Attribution;
import dev.centime.contracts.Model;
import dev.centime.contracts.Scope;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All by which a budget tells calls apart. A model of no name is one that is not known yet. */
public record Call(Model model, Attribution attribution) {
    private static final String TAG = "tag.";
    private static final String PROVIDER = "provider";

    /** @param dimensions values under the names that a scope uses, persons by id; names that are none are left out */
    public static Call of(Map<String, String> dimensions) {
        var tags = new TreeMap<String, String>();
        dimensions.forEach((name, value) -> {
            if (name.startsWith(TAG)) {
                tags.put(name.substring(TAG.length()), value);
            }
        });
        return new Call(
                new Model(dimensions.get(PROVIDER), dimensions.getOrDefault("model", ""), null, null),
                new Attribution(
                        dimensions.get("user"),
                        dimensions.get("project"),
                        dimensions.get("experiment"),
                        dimensions.get("session"),
                        dimensions.get("run"),
                        dimensions.get("operation"),
                        tags));
    }

    /** Values by name, sorted, without those that the call does not have. */
    public SortedMap<String, String> dimensions() {
        var values = new TreeMap<String, String>();
        put(values, PROVIDER, model.provider());
        put(values, "model", model.name().isEmpty() ? null : model.name());
        put(values, "project", attribution.project());
        put(values, "experiment", attribution.experiment());
        put(values, "session", attribution.session());
        put(values, "user", attribution.subject());
        put(values, "operation", attribution.operation());
        put(values, "run", attribution.run());
        attribution.tags().forEach((key, value) -> put(values, TAG + key, value));
        return values;
    }

    private static void put(Map<String, String> values, String name, @Nullable String value) {
        if (value != null) {
            values.put(name, value);
        }
    }

    /** Empty when the call belongs to none. */
    public String session() {
        var session = attribution.session();
        return session == null ? "" : session;
    }

    /** Of whose model nobody can tell the provider, the call may become any provider's: it belongs to the scopes of all. */
    public boolean isIn(Scope scope) {
        return scope.covers(model, attribution)
                || model.provider() == null
                        && !model.name().isEmpty()
                        && scope.filters().containsKey(PROVIDER)
                        && ofAnyProvider(scope).covers(model, attribution);
    }

    private static Scope ofAnyProvider(Scope scope) {
        var filters = new TreeMap<>(scope.filters());
        filters.remove(PROVIDER);
        return new Scope(filters);
    }
}
