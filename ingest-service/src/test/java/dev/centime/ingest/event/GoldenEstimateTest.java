package dev.centime.ingest.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.contracts.Attribution;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.Cost;
import dev.centime.contracts.Model;
import dev.centime.contracts.Money;
import dev.centime.contracts.Tokens;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is stored stays readable for ever: the file is never changed, only joined by those of later versions. */
class GoldenEstimateTest {
    private static final ObjectMapper JSON = Contracts.mapper();

    @Test
    void costEstimatedIsStoredLikeThis() throws IOException {
        var estimated = new CostEstimated(
                "0193-e",
                Instant.parse("2026-11-22T10:00:00Z"),
                new Model("openai", "gpt-4o", "batch", null),
                new Attribution("s-1", "p", null, null, "r", null, Map.of("team", "red")),
                new Tokens(900, 100, 0, 0, 50, 0, 0, 0, 0),
                "o200k_base",
                true,
                0,
                "expected",
                new Cost(
                        Cost.Source.CALCULATED,
                        Money.of("0.0015"),
                        Money.of("0.001125"),
                        Money.of("0.00025"),
                        Money.of("0.000125"),
                        Money.ZERO,
                        Money.ZERO,
                        Money.ZERO,
                        "pr-1"),
                42);

        try (var golden = getClass().getResourceAsStream("/golden/cost-estimated.v1.json")) {
            var stored = JSON.readTree(golden);
            assertThat(JSON.readTree(JSON.writeValueAsBytes(estimated))).isEqualTo(stored);
            assertThat(JSON.treeToValue(stored, CostEstimated.class)).isEqualTo(estimated);
        }
    }
}
