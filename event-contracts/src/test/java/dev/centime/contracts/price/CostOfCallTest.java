package dev.centime.contracts.price;

import static dev.centime.contracts.price.GivenPrices.call;
import static dev.centime.contracts.price.GivenPrices.price;
import static dev.centime.contracts.price.GivenPrices.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.contracts.Cost;
import dev.centime.contracts.Cost.Source;
import dev.centime.contracts.Money;
import dev.centime.contracts.Price;
import dev.centime.contracts.Tokens;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Costs computed by hand. Each expected total is written with all its digits. */
class CostOfCallTest {
    /** As the catalogue has claude-sonnet-4-5: 3 in, 15 out, double above 200,000 tokens of context. */
    private static final Price SONNET = price("""
            {"provider": "anthropic", "model_name": "claude-sonnet-4-5",
             "rates": {"standard": {"input": "3", "output": "15", "cache_read": "0.3", "cache_write": "3.75", "cache_write_1h": "6"},
                       "batch": {"input": "1.5", "output": "7.5"}},
             "steps": [{"tier": "standard", "above_tokens": 200000,
                        "rates": {"input": "6", "output": "22.5", "cache_read": "0.6", "cache_write": "7.5", "cache_write_1h": "12"}}],
             "tool_call_prices": {"web_search": "0.01"}, "region_uplifts": {"us": 1.1}}
            """);

    /** As the catalogue has gpt-5.4, with every tier, and a step of its own for priority. */
    private static final Price GPT = price("""
            {"provider": "openai", "model_name": "gpt-5.4",
             "rates": {"standard": {"input": "2.5", "output": "15", "cache_read": "0.25"},
                       "flex": {"input": "1.25", "output": "7.5", "cache_read": "0.13"},
                       "priority": {"input": "5", "output": "30", "cache_read": "0.5"}},
             "steps": [{"tier": "standard", "above_tokens": 272000, "rates": {"input": "5", "output": "22.5", "cache_read": "0.5"}},
                       {"tier": "priority", "above_tokens": 272000, "rates": {"input": "10", "output": "45", "cache_read": "1"}}]}
            """);

    private static final Price PLAIN = price("""
            {"provider": "acme", "model_name": "plain",
             "rates": {"standard": {"input": "0.15", "output": "0.6"}}}
            """);

    private static final Price REASONING_APART = price("""
            {"provider": "acme", "model_name": "thinker",
             "rates": {"standard": {"input": "1", "output": "4", "reasoning": "2"}}}
            """);

    private static final Price VOICE = price("""
            {"provider": "acme", "model_name": "voice", "request_price": "0.005",
             "rates": {"standard": {"input": "1", "output": "4", "input_audio": "40", "output_audio": "80", "input_image": "5"}}}
            """);

    @ParameterizedTest(name = "{0}: {8}")
    @CsvSource({
        // what, input, cache read, cache write, 1h write, output, tier, region, total
        "call with cache read and both writes, 1000, 20000, 3000, 500, 700, , , 0.03375",
        "just at the step, 100000, 50000, 25000, 25000, 1000, , , 0.57375",
        "one over the step, 100001, 50000, 25000, 25000, 1000, , , 1.140006",
        "output does not count to the step, 200000, 0, 0, 0, 64000, , , 1.56",
        "batch has its own input and output, 1000, 0, 0, 0, 1000, batch, , 0.009",
        "batch falls back to the standard cache read, 1000, 10000, 0, 0, 1000, batch, , 0.012",
        "a tier the price does not know is standard, 1000, 0, 0, 0, 1000, flex, , 0.018",
        "a region makes every line dearer, 1000, 20000, 3000, 500, 700, , us, 0.037125",
        "a region in capitals, 1000, 0, 0, 0, 0, , US, 0.0033",
        "a region without a factor changes nothing, 1000, 0, 0, 0, 0, , eu, 0.003",
        "one token, 1, 0, 0, 0, 0, , , 0.000003",
        "nothing, 0, 0, 0, 0, 0, , , 0"
    })
    void anthropic(
            String what,
            long input,
            long read,
            long write,
            long write1h,
            long output,
            @Nullable String tier,
            @Nullable String region,
            String total) {
        var call = call(new Tokens(input, read, write, write1h, output, 0, 0, 0, 0), tier, region);

        assertThat(cost(SONNET, call).total()).isEqualTo(Money.of(total));
    }

    @ParameterizedTest(name = "{0}: {5}")
    @CsvSource({
        // what, input, cache read, output, tier, total
        "cached subset already taken off, 2006, 1920, 300, , 0.009995",
        "above 272k the whole call, 272001, 0, 1000, , 1.382505",
        "priority, 1000, 1000, 1000, priority, 0.0355",
        "priority above 272k, 272000, 1, 1000, priority, 2.765001",
        "flex, 1000, 1000, 1000, flex, 0.00888",
        "flex has no step and is raised as the standard tier is, 300000, 0, 1000, flex, 0.76125",
        "standard said aloud, 1000, 0, 0, standard, 0.0025"
    })
    void openai(String what, long input, long read, long output, @Nullable String tier, String total) {
        var call = call(new Tokens(input, read, 0, 0, output, 0, 0, 0, 0), tier, null);

        assertThat(cost(GPT, call).total()).isEqualTo(Money.of(total));
    }

    @Test
    void takesTheInputRate_whereACacheRateIsMissing() {
        var cost = cost(PLAIN, call(new Tokens(0, 1000, 1000, 1000, 0, 0, 0, 0, 0), null, null));

        assertThat(cost.cacheRead()).isEqualTo(Money.of("0.00015"));
        assertThat(cost.cacheWrite()).isEqualTo(Money.of("0.0003"));
        assertThat(cost.cacheSavings()).isEqualTo(Money.ZERO);
    }

    @Test
    void savesTheDifferenceToPlainInput() {
        var cost = cost(SONNET, call(new Tokens(0, 1_000_000, 0, 0, 0, 0, 0, 0, 0), null, null));

        // A million cached tokens are over the step: 6 - 0.6.
        assertThat(cost.cacheRead()).isEqualTo(Money.of("0.6"));
        assertThat(cost.cacheSavings()).isEqualTo(Money.of("5.4"));
        assertThat(cost.total()).isEqualTo(Money.of("0.6"));
    }

    @Test
    void chargesReasoningAsOutput_unlessItIsPricedApart() {
        var tokens = new Tokens(0, 0, 0, 0, 1000, 600, 0, 0, 0);

        assertThat(cost(PLAIN, call(tokens, null, null)).output()).isEqualTo(Money.of("0.0006"));
        assertThat(cost(REASONING_APART, call(tokens, null, null)).output()).isEqualTo(Money.of("0.0028"));
    }

    @Test
    void chargesAudioImagesAndRequests() {
        var cost = cost(VOICE, call(new Tokens(1000, 0, 0, 0, 1000, 0, 500, 250, 100), null, null));

        assertThat(cost.input()).isEqualTo(Money.of("0.0215"));
        assertThat(cost.output()).isEqualTo(Money.of("0.024"));
        assertThat(cost.other()).isEqualTo(Money.of("0.005"));
        assertThat(cost.total()).isEqualTo(Money.of("0.0505"));
    }

    @Test
    void chargesGeneratedImagesApart_inABatchAsMuchLessAsItsText() {
        var painter = price("""
                {"provider": "acme", "model_name": "painter",
                 "rates": {"standard": {"input": "0.3", "output": "2.5", "output_image": "30"}, "batch": {"input": "0.15", "output": "1.25"}}}
                """);
        var tokens = new Tokens(0, 0, 0, 0, 100, 0, 0, 0, 0, 1290);

        assertThat(tokens.total()).isEqualTo(1390);
        assertThat(cost(painter, call(tokens)).output()).isEqualTo(Money.of("0.03895"));
        assertThat(cost(painter, call(tokens, "batch", null)).output()).isEqualTo(Money.of("0.019475"));
        assertThat(cost(PLAIN, call(tokens)).output()).isEqualTo(Money.of("0.000834"));
    }

    @Test
    void takesTheTextRate_whereAudioAndImagesHaveNone() {
        var cost = cost(PLAIN, call(new Tokens(0, 0, 0, 0, 0, 0, 1000, 1000, 1000), null, null));

        assertThat(cost.input()).isEqualTo(Money.of("0.0003"));
        assertThat(cost.output()).isEqualTo(Money.of("0.0006"));
    }

    @Test
    void chargesToolCalls_withoutTheRegionsFactor() {
        var call = new Call(Tokens.of(1000, 0), null, "us", Map.of("web_search", 3L, "unknown_tool", 9L), 1, false);

        assertThat(cost(SONNET, call).other()).isEqualTo(Money.of("0.03"));
        assertThat(cost(SONNET, call).input()).isEqualTo(Money.of("0.0033"));
    }

    @Test
    void costsNothing_whenAResponseCacheAnswered() {
        var cost = cost(SONNET, new Call(Tokens.of(1000, 1000), null, null, Map.of("web_search", 1L), 1, true));

        assertThat(cost.source()).isEqualTo(Source.CALCULATED);
        assertThat(cost.total()).isEqualTo(Money.ZERO);
    }

    @Test
    void choosesTheStepByTheAverageCall_inABucketOfMany() {
        var bucket = new Call(Tokens.of(1_000_000, 10_000), null, null, Map.of(), 100, false);
        var one = new Call(Tokens.of(1_000_000, 10_000), null, null, Map.of(), 1, false);

        assertThat(cost(SONNET, bucket).total()).isEqualTo(Money.of("3.15"));
        assertThat(cost(SONNET, one).total()).isEqualTo(Money.of("6.225"));
    }

    @Test
    void isUnpriced_neverZero_whenNothingIsKnown() {
        assertThat(CostOfCall.of(call(Tokens.of(10, 10), null, null), null, null))
                .isEqualTo(Cost.UNPRICED);
    }

    @Test
    void isUnpriced_whenAFastCallsModelHasNoPriceForIt() {
        assertThat(cost(SONNET, call(Tokens.of(10, 10), Price.FAST, null))).isEqualTo(Cost.UNPRICED);
    }

    @Test
    void takesOfAFastCallsPriceAlone_whatStandsInForItsCache() {
        var fast = price("""
                {"provider": "acme", "model_name": "x",
                 "rates": {"standard": {"input": "1", "output": "4", "cache_read": "0.1"}, "fast": {"input": "6", "output": "24"}}}
                """);

        assertThat(cost(fast, call(new Tokens(0, 1000, 0, 0, 1000, 0, 0, 0, 0), Price.FAST, null))
                        .total())
                .isEqualTo(Money.of("0.03"));
    }

    @Test
    void isReported_whenOnlyTheCallerKnows() {
        var cost = CostOfCall.of(call(Tokens.of(10, 10), null, null), null, Money.of("0.42"));

        assertThat(cost.source()).isEqualTo(Source.REPORTED);
        assertThat(cost.total()).isEqualTo(Money.of("0.42"));
        assertThat(cost.other()).isEqualTo(Money.of("0.42"));
    }

    @Test
    void isCalculated_evenWhenTheCallerReportsSomethingElse() {
        var cost = CostOfCall.of(call(Tokens.of(1000, 0), null, null), version(SONNET), Money.of("99"));

        assertThat(cost.total()).isEqualTo(Money.of("0.003"));
        assertThat(cost.priceId()).isEqualTo("p");
    }

    @Test
    void isUnpriced_whenThePriceSaysNothingOfAKindThatWasUsed() {
        var outputOnly = price("""
                {"provider": "acme", "model_name": "x", "rates": {"standard": {"output": "4"}}}
                """);

        assertThat(cost(outputOnly, call(Tokens.of(0, 1000), null, null)).total())
                .isEqualTo(Money.of("0.004"));
        assertThat(cost(outputOnly, call(Tokens.of(1, 1000), null, null)).source())
                .isEqualTo(Source.UNPRICED);
    }

    private static Cost cost(Price price, Call call) {
        return CostOfCall.of(call, version(price), null);
    }
}
