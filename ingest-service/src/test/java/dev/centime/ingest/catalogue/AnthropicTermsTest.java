package dev.centime.ingest.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.centime.contracts.Money;
import dev.centime.contracts.Price;
import dev.centime.contracts.Price.Rates;
import dev.centime.contracts.PriceSet;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds of every Claude, in the bundled file and in any that is read later. */
class AnthropicTermsTest {
    private static final List<Price> BUNDLED =
            BundledCatalogue.read().stream().map(PriceSet::price).toList();

    @Test
    void anHourInTheCache_neverCostsLessThanFiveMinutes() {
        assertThat(BUNDLED).isNotEmpty().allSatisfy(price -> assertThat(rates(price))
                .filteredOn(rates -> rates.cacheWrite() != null && rates.cacheWrite1h() != null)
                .allSatisfy(rates -> assertThat(rates.cacheWrite1h()).isGreaterThanOrEqualTo(rates.cacheWrite())));
    }

    @Test
    void anHourInClaudesCache_costsTwiceTheInput_whoeverSellsIt() {
        assertThat(BUNDLED)
                .filteredOn(price -> price.modelName().contains("claude"))
                .hasSizeGreaterThan(200)
                .allSatisfy(price -> assertThat(rates(price))
                        .filteredOn(rates -> rates.cacheWrite() != null)
                        .allSatisfy(rates -> assertThat(rates.cacheWrite1h())
                                .isEqualTo(rates.input().plus(rates.input()))));
    }

    @Test
    void aBatchOfAnthropic_isHalf_andASearchIsACent() {
        assertThat(BUNDLED)
                .filteredOn(price -> price.provider().equals("anthropic"))
                .hasSizeGreaterThan(25)
                .allSatisfy(price -> {
                    var standard = price.rates().get(Price.STANDARD);
                    var batch = price.rates().get("batch");
                    assertThat(twice(batch.input())).isEqualTo(standard.input());
                    assertThat(twice(batch.output())).isEqualTo(standard.output());
                    assertThat(twice(batch.cacheRead())).isEqualTo(standard.cacheRead());
                    assertThat(twice(batch.cacheWrite())).isEqualTo(standard.cacheWrite());
                    assertThat(twice(batch.cacheWrite1h())).isEqualTo(standard.cacheWrite1h());
                    assertThat(price.toolCallPrices()).containsEntry("web_search", Money.of("0.01"));
                });
    }

    @Test
    void areAddedToAFile_thatDoesNotSayThem() throws JsonProcessingException {
        var price = only("""
                {"claude-next": {"litellm_provider": "anthropic", "input_cost_per_token": 0.000003, "output_cost_per_token": 0.000015,
                  "cache_creation_input_token_cost": 0.00000375, "provider_specific_entry": {"us": 1.1, "fast": 2.5}}}
                """);

        assertThat(price.rates().get(Price.STANDARD).cacheWrite1h()).isEqualTo(Money.of("6"));
        assertThat(price.rates().get("batch").output()).isEqualTo(Money.of("7.5"));
        assertThat(price.rates().get("batch").cacheWrite1h()).isEqualTo(Money.of("3"));
        assertThat(price.rates().get(Price.FAST).input()).isEqualTo(Money.of("7.5"));
        assertThat(price.rates().get(Price.FAST).cacheWrite1h()).isEqualTo(Money.of("15"));
        assertThat(price.toolCallPrices()).containsEntry("web_search", Money.of("0.01"));
        assertThat(price.regionUplifts()).containsEntry("us", new BigDecimal("1.1"));
    }

    @Test
    void giveWay_whereAFileSaysABatchOrASearch() throws JsonProcessingException {
        var price = only("""
                {"claude-next": {"litellm_provider": "anthropic", "input_cost_per_token": 0.000003, "output_cost_per_token": 0.000015,
                  "input_cost_per_token_batches": 0.000002,
                  "search_context_cost_per_query": {"search_context_size_medium": 0.02}}}
                """);

        assertThat(price.rates().get("batch").input()).isEqualTo(Money.of("2"));
        assertThat(price.rates().get("batch").output()).isNull();
        assertThat(price.toolCallPrices()).containsEntry("web_search", Money.of("0.02"));
    }

    @Test
    void areNobodyElses() throws JsonProcessingException {
        var price = only("""
                {"gpt-next": {"litellm_provider": "openai", "input_cost_per_token": 0.000003, "output_cost_per_token": 0.000015,
                  "cache_creation_input_token_cost": 0.00000375}}
                """);

        assertThat(price.rates()).containsOnlyKeys(Price.STANDARD);
        assertThat(price.rates().get(Price.STANDARD).cacheWrite1h()).isNull();
        assertThat(price.toolCallPrices()).isEmpty();
    }

    @Test
    void aFactorOfNothing_isNoPrice() throws JsonProcessingException {
        var file = file("""
                {"claude-next": {"litellm_provider": "anthropic", "input_cost_per_token": 0.000003,
                  "provider_specific_entry": {"fast": 0}}}
                """);

        assertThat(file.prices()).isEmpty();
        assertThat(file.refused())
                .extracting(refused -> refused.error().field())
                .containsExactly("provider_specific_entry");
    }

    private static List<Rates> rates(Price price) {
        return Stream.concat(
                        price.rates().values().stream(), price.steps().stream().map(Price.Step::rates))
                .toList();
    }

    private static @Nullable Money twice(@Nullable Money rate) {
        return rate == null ? null : rate.plus(rate);
    }

    private static Price only(String json) throws JsonProcessingException {
        assertThat(file(json).prices()).hasSize(1);
        return file(json).prices().iterator().next();
    }

    private static LiteLlmFile file(String json) throws JsonProcessingException {
        return LiteLlmFile.of(JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build()
                .readTree(json));
    }
}
