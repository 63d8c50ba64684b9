package dev.centime.contracts.price;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.Money;
import dev.centime.contracts.Price;
import dev.centime.contracts.Price.Rates;
import dev.centime.contracts.PriceSet;
import dev.centime.contracts.Tokens;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prices and calls for tests, here and in other modules. */
public final class GivenPrices {
    private GivenPrices() {}

    /** As the catalogue writes it; active unless it says otherwise. */
    public static Price price(String json) {
        try {
            var mapper = Contracts.mapper();
            var tree = (com.fasterxml.jackson.databind.node.ObjectNode) mapper.readTree(json);
            if (!tree.has("active")) {
                tree.put("active", true);
            }
            return mapper.treeToValue(tree, Price.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    /** Text in and text out, dollars per million. */
    public static Price price(String provider, String model, @Nullable String input, @Nullable String output) {
        return price(provider, model, Map.of(Price.STANDARD, rates(input, output)));
    }

    public static Price price(String provider, String model, Map<String, Rates> rates) {
        return new Price(
                provider, model, null, rates, List.of(), Map.of(), null, Map.of(), null, null, null, null, null, null,
                List.of(), true, null, null);
    }

    public static Rates rates(@Nullable String input, @Nullable String output) {
        return new Rates(money(input), money(output), null, null, null, null, null, null, null, null);
    }

    private static @Nullable Money money(@Nullable String dollars) {
        return dollars == null ? null : Money.of(dollars);
    }

    /** A percentage off. @param provider and model may be {@link Price#ANY} */
    public static Price discount(String provider, String model, String percent) {
        return price("""
                {"provider": "%s", "model_name": "%s", "discount_percent": %s}
                """.formatted(provider, model, percent));
    }

    /** A price by itself, not of any book; its id is {@code p}. */
    public static PriceVersion version(Price price) {
        return PriceVersion.of(new PriceSet("p", null, null, price, "test"), Instant.EPOCH, 1);
    }

    public static Call call(Tokens tokens) {
        return call(tokens, null, null);
    }

    public static Call call(Tokens tokens, @Nullable String serviceTier, @Nullable String region) {
        return new Call(tokens, serviceTier, region, Map.of(), 1, false);
    }
}
