package dev.centime.budget.view.budgetspend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.budget.DerivedId;
import dev.centime.budget.limit.Call;
import java.util.Map;
import java.util.UUID;

/**
 * All by which a budget can tell calls apart, under the names that a scope uses.
 *
 * @param json an object of strings with sorted names, without those that the call does not have
 */
record Dimensions(String json) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Dimensions of(Call call) {
        return of(call.dimensions());
    }

    /** @param values by name, in the order of names */
    static Dimensions of(Map<String, String> values) {
        try {
            return new Dimensions(MAPPER.writeValueAsString(values));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of strings is always JSON", e);
        }
    }

    /** Stands for them in a key: tags may be too long for an index. */
    UUID id() {
        return DerivedId.of(json);
    }
}
