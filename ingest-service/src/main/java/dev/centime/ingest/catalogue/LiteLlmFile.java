package dev.centime.ingest.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.contracts.Price;
import dev.centime.kit.Problem.FieldError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * A price file in LiteLLM's form: an object, an entry a model. Numbers must have been read from their digits, not as floating point.
 *
 * @param prices one a provider and model, in that order
 * @param refused entries that are no price, and why
 */
public record LiteLlmFile(Collection<Price> prices, List<Refused> refused) {
    /** Describes the format in the file itself and is no model. */
    private static final String EXPLANATION = "sample_spec";

    /** @param entry its key */
    public record Refused(String entry, FieldError error) {}

    /** @param file an object */
    public static LiteLlmFile of(JsonNode file) {
        var prices = new TreeMap<String, Price>();
        var refused = new ArrayList<Refused>();
        for (var entry : file.properties()) {
            if (entry.getKey().equals(EXPLANATION)) {
                continue;
            }
            try {
                keep(prices, entry.getKey(), LiteLlmEntry.of(entry.getKey(), entry.getValue()));
            } catch (LiteLlmEntry.Unusable e) {
                refused.add(new Refused(entry.getKey(), e.error()));
            }
        }
        return new LiteLlmFile(prices.values(), refused);
    }

    /** Where two entries name one model, the one that says its provider in its key is the provider's own. */
    private static void keep(TreeMap<String, Price> prices, String key, Price price) {
        var name = price.provider() + "\n" + price.modelName().toLowerCase(Locale.ROOT);
        if (key.startsWith(price.provider() + "/")) {
            prices.put(name, price);
        } else {
            prices.putIfAbsent(name, price);
        }
    }
}
