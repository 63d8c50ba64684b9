package dev.centime.ingest.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.Cost;
import dev.centime.contracts.Money;
import dev.centime.contracts.PriceSet;
import dev.centime.contracts.Tokens;
import dev.centime.contracts.price.Call;
import dev.centime.contracts.price.CostOfCall;
import dev.centime.contracts.price.PriceBook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Costs worked out by hand, each with its arithmetic beside it in {@code golden/costs.json}, by the bundled catalogue and a few prices
 * that are given there: one call at least for every rule.
 */
class GoldenCostsTest {
    private static final ObjectMapper MAPPER = Contracts.mapper();
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
    private static final PriceBook BOOK = new PriceBook();

    @BeforeAll
    static void thePricesThatThereAre() throws IOException {
        var offset = 0L;
        for (var bundled : BundledCatalogue.read()) {
            BOOK.add(bundled, NOW, ++offset);
        }
        for (var given : golden().get("prices")) {
            BOOK.add(MAPPER.treeToValue(given, PriceSet.class), NOW, ++offset);
        }
    }

    @Test
    void areManyEnough() {
        assertThat(golden().get("calls").size()).isGreaterThanOrEqualTo(60);
    }

    static Stream<Named<JsonNode>> calls() {
        return StreamSupport.stream(golden().get("calls").spliterator(), false)
                .map(call -> Named.of(call.get("what").asText(), call));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void costsWhatTheHandSays(JsonNode golden) throws IOException {
        var organization = golden.path("organization").asText("other");
        var model = BOOK.named(
                organization,
                text(golden, "provider"),
                golden.get("model").asText(),
                text(golden, "tier"),
                text(golden, "region"));
        var call = new Call(
                MAPPER.treeToValue(golden.get("tokens"), Tokens.class),
                model.serviceTier(),
                model.region(),
                tools(golden.path("tools")),
                golden.path("requests").asLong(1),
                golden.path("cache_hit").asBoolean());
        var at = golden.has("at") ? Instant.parse(golden.get("at").asText()) : NOW;
        var reported = text(golden, "reported");

        var cost = CostOfCall.of(
                call, BOOK.inForce(organization, model, at), reported == null ? null : Money.of(reported));

        if (golden.get("total").isNull()) {
            assertThat(cost).isEqualTo(Cost.UNPRICED);
        } else {
            assertThat(cost.total())
                    .as(golden.get("arithmetic").asText())
                    .isEqualTo(Money.of(golden.get("total").asText()));
            assertThat(cost.source().text())
                    .isEqualTo(golden.path("cost_source").asText("calculated"));
        }
    }

    @Test
    void theCatalogueSaysClassesAndQualities_whereTheyAreKnown() {
        assertThat(BOOK.history(null, "anthropic", "claude-haiku-4-5")
                        .getFirst()
                        .price())
                .satisfies(haiku -> {
                    assertThat(haiku.modelClass()).isEqualTo("small");
                    assertThat(haiku.qualityScore()).isEqualByComparingTo("29.6");
                    assertThat(haiku.qualitySource()).contains("Artificial Analysis");
                });
        assertThat(BOOK.history(null, "anthropic", "claude-sonnet-4-5")
                        .getFirst()
                        .price())
                .satisfies(sonnet -> {
                    assertThat(sonnet.modelClass()).isEqualTo("standard");
                    assertThat(sonnet.qualityScore()).isNull();
                    assertThat(sonnet.qualitySource()).isNull();
                });
        assertThat(BOOK.history(null, "anthropic", "claude-opus-4-5")
                        .getFirst()
                        .price()
                        .modelClass())
                .isEqualTo("large");
    }

    private static @Nullable String text(JsonNode golden, String field) {
        return golden.has(field) ? golden.get(field).asText() : null;
    }

    private static Map<String, Long> tools(JsonNode tools) {
        var calls = new HashMap<String, Long>();
        tools.properties()
                .forEach(tool -> calls.put(tool.getKey(), tool.getValue().asLong()));
        return calls;
    }

    private static JsonNode golden() {
        try (var in = GoldenCostsTest.class.getResourceAsStream("/golden/costs.json")) {
            return MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
