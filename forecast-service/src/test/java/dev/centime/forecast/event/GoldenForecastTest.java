package dev.centime.forecast.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.Money;
import dev.centime.contracts.Scope;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is stored stays readable for ever: the file is never changed, only joined by those of later versions. */
class GoldenForecastTest {
    private static final ObjectMapper JSON = Contracts.mapper();

    @Test
    void forecastMadeIsStoredLikeThis() throws IOException {
        var amount = new Amount(Money.of("1.5"), Money.of("2"), Money.of("3.25"));
        var forecast = new Forecast(
                "0a1b",
                null,
                Instant.parse("2026-11-22T10:00:00Z"),
                ZoneId.of("Asia/Kolkata"),
                Map.of(),
                1,
                "combination",
                0.95,
                new Forecast.Accuracy(0.1, 0.9, null),
                70,
                "increasing",
                0.6,
                true,
                List.of(Forecast.Point.of(LocalDate.parse("2026-11-23"), amount)),
                new Forecast.Totals(amount, amount, amount, amount),
                BudgetImpact.of(
                        Money.of("10"), Money.of("9"), Money.of("2"), Money.of("3"), LocalDate.parse("2026-11-23")));
        var made = new ForecastMade(new Scope(Map.of("user", List.of("s-1"))), forecast);

        try (var golden = getClass().getResourceAsStream("/golden/forecast-made.v1.json")) {
            var stored = JSON.readTree(golden);
            assertThat(JSON.readTree(JSON.writeValueAsBytes(made))).isEqualTo(stored);
            assertThat(JSON.treeToValue(stored, ForecastMade.class)).isEqualTo(made);
        }
    }
}
