package dev.centime.budget.view.budgetspend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.budget.DerivedId;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All by which a budget can tell calls apart, under the names that a scope uses.
 *
 * @param json an object of strings with sorted names, without those that the call does not have
 */
record Dimensions(String json) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Dimensions of(Charge charge) {
        var values = new TreeMap<String, String>();
        put(values, "provider", charge.model().provider());
        put(values, "model", charge.model().name());
        put(values, "project", charge.attribution().project());
        put(values, "experiment", charge.attribution().experiment());
        put(values, "session", charge.attribution().session());
        put(values, "user", charge.attribution().subject());
        put(values, "operation", charge.attribution().operation());
        put(values, "run", charge.attribution().run());
        charge.attribution().tags().forEach((key, value) -> put(values, "tag." + key, value));
        try {
            return new Dimensions(MAPPER.writeValueAsString(values));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of strings is always JSON", e);
        }
    }

    private static void put(Map<String, String> values, String name, @Nullable String value) {
        if (value != null) {
            values.put(name, value);
        }
    }

    /** Stands for them in a key: tags may be too long for an index. */
    UUID id() {
        return DerivedId.of(json);
    }
}
