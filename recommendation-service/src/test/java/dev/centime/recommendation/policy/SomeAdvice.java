package dev.centime.recommendation.policy;

import dev.centime.contracts.Money;
import dev.centime.recommendation.event.Advice;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Advice for tests that do not care how it came about. */
public final class SomeAdvice {
    private SomeAdvice() {}

    public static Advice to(String model, String saving) {
        return new Advice(
                Advice.Type.MODEL_DOWNGRADE,
                "Use " + model,
                "d",
                Money.of("100"),
                Money.of("100").minus(Money.of(saving)),
                Money.of(saving),
                20,
                60,
                0.5,
                Advice.Difficulty.EASY,
                Advice.QualityImpact.UNKNOWN,
                null,
                new Advice.Action("switch_model", "openai", "from", model),
                new Advice.Evidence(
                        LocalDate.parse("2026-10-24"),
                        LocalDate.parse("2026-11-22"),
                        30,
                        Map.of("model", List.of("from")),
                        1,
                        2,
                        Money.of("100"),
                        Money.of("80"),
                        List.of(),
                        List.of("as it was")));
    }
}
