package dev.centime.recommendation.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.centime.contracts.Money;
import dev.centime.contracts.Price;
import dev.centime.contracts.PriceSet;
import dev.centime.contracts.Tokens;
import dev.centime.contracts.price.GivenPrices;
import dev.centime.contracts.price.PriceBook;
import dev.centime.recommendation.event.Advice;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DowngradesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final LocalDate FROM = LocalDate.parse("2026-10-24");
    private final PriceBook book = new PriceBook();
    private long offset;

    @Test
    void pricesTheSameTokensAgain() {
        price("gpt-4.1", "2", "8", null, null);
        price("gpt-4.1-mini", "0.4", "1.6", null, null);

        var advice = advice(usage("gpt-4.1", "30", slice(10_000_000, 1_250_000, "30", "0")))
                .orElseThrow();

        assertThat(advice.recommendedAction())
                .isEqualTo(new Advice.Action("switch_model", "openai", "gpt-4.1", "gpt-4.1-mini"));
        assertThat(advice.analysisData().currentCost()).isEqualTo(Money.of("30"));
        // 10 M tokens in at 0.4, 1.25 M out at 1.6 dollars a million.
        assertThat(advice.analysisData().repricedCost()).isEqualTo(Money.of("6"));
        assertThat(advice.estimatedSavings()).isEqualTo(Money.of("24"));
        assertThat(advice.savingsPercentage()).isEqualTo(80);
        assertThat(advice.qualityImpact()).isEqualTo(Advice.QualityImpact.UNKNOWN);
        assertThat(advice.analysisData().filter())
                .isEqualTo(Map.of(
                        "provider", List.of("openai"), "model", List.of("gpt-4.1"), "operation", List.of("chat")));
    }

    @Test
    void pricesByContextStep_andLeavesFeesAsTheyWere() {
        price("gpt-4.1", "10", "10", null, null);
        set(GivenPrices.price("""
                {"provider": "openai", "model_name": "gpt-4.1-mini", "rates": {"standard": {"input": 1, "output": 1}},
                 "steps": [{"tier": "standard", "above_tokens": 200000, "rates": {"input": 2, "output": 2}}]}
                """));
        var small = slice(1_000_000, 0, "10", "0");
        // Four calls of 250,000 tokens, above the step; a dollar of the cost is a fee.
        var large = new Usage.Slice(null, null, 4, Tokens.of(1_000_000, 0), Money.of("11"), Money.of("1"));

        var advice = advice(usage("gpt-4.1", "30", small, large)).orElseThrow();

        assertThat(advice.analysisData().repricedCost()).isEqualTo(Money.of("4"));
    }

    @Test
    void scalesToAMonth_fromTheDaysSinceTheFirstCall() {
        price("gpt-4.1", "2", "8", null, null);
        price("gpt-4.1-mini", "0.4", "1.6", null, null);
        var usage = new Usage(
                "openai",
                "gpt-4.1",
                null,
                LocalDate.parse("2026-11-13"),
                5,
                100,
                100,
                List.of(slice(10_000_000, 1_250_000, "30", "0")));

        var advice = advice(usage).orElseThrow();

        assertThat(advice.currentMonthlyCost()).isEqualTo(Money.of("90"));
        assertThat(advice.estimatedSavings()).isEqualTo(Money.of("72"));
        assertThat(advice.title()).isEqualTo("Use gpt-4.1-mini instead of gpt-4.1");
    }

    @Test
    void prefersAMeasuredModelThatIsNotFarBelow() {
        price("gpt-4o", "2.5", "10", "50", null);
        price("gpt-4o-mini", "0.15", "0.6", "20", null);
        price("gpt-good", "1", "4", "48", null);

        var advice = advice(usage("gpt-4o", "100", slice(20_000_000, 5_000_000, "100", "0")))
                .orElseThrow();

        // The mini is measured to be 60 % below: that it is cheaper still does not help.
        assertThat(advice.recommendedAction().toModel()).isEqualTo("gpt-good");
        assertThat(advice.qualityScoreChange()).isCloseTo(-0.04, within(1e-9));
        assertThat(advice.qualityImpact()).isEqualTo(Advice.QualityImpact.LOW);
        assertThat(advice.description()).endsWith("Its measured quality is 4 % lower.");
        assertThat(advice.analysisData().alternatives()).isEmpty();
    }

    @Test
    void whatDrawsImages_isReplacedByNothingThatDoesNot() {
        set(painter("gpt-image", "10"));
        set(painter("gpt-image-mini", "5"));
        price("gpt-image-nano", "0.1", "0.4", null, null);
        var drawn = new Usage.Slice(
                null, null, 10, new Tokens(0, 0, 0, 0, 0, 0, 0, 0, 0, 10_000_000), Money.of("100"), Money.ZERO);

        var advice = advice(usage("gpt-image", "100", drawn)).orElseThrow();

        assertThat(advice.recommendedAction().toModel()).isEqualTo("gpt-image-mini");
        assertThat(advice.analysisData().repricedCost()).isEqualTo(Money.of("50"));
        assertThat(advice.analysisData().alternatives()).isEmpty();
    }

    private static Price painter(String model, String image) {
        return GivenPrices.price("""
                {"provider": "openai", "model_name": "%s",
                 "rates": {"standard": {"input": "1", "output": "1", "output_image": "%s"}}}
                """.formatted(model, image));
    }

    @Test
    void takesTheSuccessorThatTheProviderNames() {
        price("old", "2", "8", null, "new");
        price("new", "1", "4", null, null);

        assertThat(advice(usage("old", "30", slice(10_000_000, 1_250_000, "30", "0")))
                        .orElseThrow()
                        .recommendedAction()
                        .toModel())
                .isEqualTo("new");
    }

    @Test
    void namesOthersThatWouldBeCheaper_theBestFirst() {
        price("gpt-4.1", "2", "8", null, null);
        price("gpt-4.1-mini", "0.4", "1.6", null, null);
        price("gpt-4.1-nano", "0.1", "0.4", null, null);

        var advice = advice(usage("gpt-4.1", "30", slice(10_000_000, 1_250_000, "30", "0")))
                .orElseThrow();

        assertThat(advice.recommendedAction().toModel()).isEqualTo("gpt-4.1-mini");
        assertThat(advice.analysisData().alternatives())
                .extracting(Advice.Alternative::model)
                .containsExactly("gpt-4.1-nano");
    }

    @Test
    void advisesNothing_whereNothingFits() {
        price("gpt-4.1", "2", "8", null, null);
        price("gpt-4.1-audio-mini", "0.4", "1.6", null, null);
        price("gpt-4.1-mini-2025-04-14", "0.4", "1.6", null, null);
        price("gpt-3-mini", "0.4", "1.6", null, null);
        price("gpt-4.1-pro", "20", "80", null, null);
        set(GivenPrices.price("""
                {"provider": "openai", "model_name": "gpt-5-mini", "rates": {"standard": {"input": 0.1, "output": 0.1}},
                 "context_window": 4000}
                """));
        set(GivenPrices.price("""
                {"provider": "openai", "model_name": "gpt-6-mini", "rates": {"standard": {"input": 0.1, "output": 0.1}},
                 "deprecated_on": "2026-11-01"}
                """));
        set(GivenPrices.price("openai", "gpt-7-mini", "0.1", null));
        set(GivenPrices.price("azure", "gpt-4.1-mini", "0.1", "0.1"));

        assertThat(advice(usage("gpt-4.1", "30", slice(10_000_000, 1_250_000, "30", "0"))))
                .isEmpty();
    }

    @Test
    void comparesWhatIsCharged_whereADiscountWasAgreed() {
        price("gpt-4.1", "2", "8", null, null);
        price("gpt-4.1-mini", "0.4", "1.6", null, null);
        var halfOff = GivenPrices.discount("openai", Price.ANY, "50");
        book.add(new PriceSet("agreed", "acme", null, halfOff, "api"), NOW, ++offset);

        var advice = advice(usage("gpt-4.1", "15", slice(10_000_000, 1_250_000, "15", "0")))
                .orElseThrow();

        assertThat(advice.analysisData().repricedCost()).isEqualTo(Money.of("3"));
    }

    @Test
    void advisesNothing_forCents() {
        price("gpt-4.1", "2", "8", null, null);
        price("gpt-4.1-mini", "0.4", "1.6", null, null);

        assertThat(advice(usage("gpt-4.1", "1.2", slice(400_000, 50_000, "1.2", "0"))))
                .isEmpty();
    }

    @Test
    void contractPricesComeFirst() {
        price("gpt-4.1", "2", "8", null, null);
        price("gpt-4.1-mini", "0.4", "1.6", null, null);
        book.add(
                new PriceSet("contract", "acme", Instant.EPOCH, plain("gpt-4.1-mini", "0.2", "0.8", null, null), "api"),
                NOW,
                ++offset);

        var advice = advice(usage("gpt-4.1", "30", slice(10_000_000, 1_250_000, "30", "0")))
                .orElseThrow();

        assertThat(advice.analysisData().repricedCost()).isEqualTo(Money.of("3"));
        assertThat(advice.analysisData().alternatives()).isEmpty();
    }

    @Test
    void ranksWhatSavesMoreOfAllSpendHigher() {
        price("gpt-4.1", "2", "8", null, null);
        price("gpt-4.1-mini", "0.4", "1.6", null, null);
        var usage = usage("gpt-4.1", "30", slice(10_000_000, 1_250_000, "30", "0"));
        var downgrades = new Downgrades(book, "acme", FROM, NOW);

        int ofMuch = downgrades.of(usage, Money.of("30")).orElseThrow().priorityScore();
        int ofLittle = downgrades.of(usage, Money.of("3000")).orElseThrow().priorityScore();

        assertThat(ofMuch).isGreaterThan(ofLittle).isBetween(60, 100);
        assertThat(ofLittle).isBetween(0, 50);
    }

    private java.util.Optional<Advice> advice(Usage usage) {
        return new Downgrades(book, "acme", FROM, NOW).of(usage, usage.cost());
    }

    private static Usage usage(String model, String cost, Usage.Slice... slices) {
        var usage = new Usage("openai", model, "chat", FROM, 30, 7000, 800, List.of(slices));
        assertThat(usage.requests()).isPositive();
        return usage;
    }

    private static Usage.Slice slice(long input, long output, String cost, String fees) {
        return new Usage.Slice(null, null, 2000, Tokens.of(input, output), Money.of(cost), Money.of(fees));
    }

    private void price(
            String model, String input, String output, @Nullable String quality, @Nullable String replacement) {
        set(plain(model, input, output, quality, replacement));
    }

    private void set(Price price) {
        book.add(new PriceSet("p-" + ++offset, null, null, price, "bundled"), NOW, offset);
    }

    private static Price plain(
            String model, String input, String output, @Nullable String quality, @Nullable String replacement) {
        return GivenPrices.price(
                """
                {"provider": "openai", "model_name": "%s", "rates": {"standard": {"input": %s, "output": %s}},
                 "quality_score": %s, "replacement_model": %s}
                """.formatted(model, input, output, quality, replacement == null ? null : "\"" + replacement + "\""));
    }
}
