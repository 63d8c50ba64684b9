package dev.centime.ingest.catalogue;

import dev.centime.contracts.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;

/**
 * What Anthropic's price list says of all its models, and LiteLLM's file of some of them only, or wrongly. An hour in the cache costs
 * twice the input, whoever sells Claude; at Anthropic itself a batch is half of everything that counts tokens, and a thousand searches
 * are ten dollars.
 *
 * @see <a href="https://platform.claude.com/docs/en/about-claude/pricing">Pricing</a>
 */
final class AnthropicTerms {
    private static final String PROVIDER = "anthropic";
    private static final String FAMILY = "claude";
    private static final String INPUT = "input_cost_per_token";
    private static final String FIVE_MINUTES = "cache_creation_input_token_cost";
    private static final String ONE_HOUR = "cache_creation_input_token_cost_above_1hr";
    private static final BigDecimal TWICE = BigDecimal.TWO;
    private static final BigDecimal HALF = new BigDecimal("0.5");
    private static final Money SEARCH = Money.of("0.01");

    private AnthropicTerms() {}

    static boolean isClaude(String model) {
        return model.contains(FAMILY);
    }

    /** The write for an hour beside that for five minutes. @param rates of one tier or step of a Claude, by the file's names */
    static void correctCacheWrites(Map<String, Money> rates) {
        var input = rates.get(INPUT);
        if (input != null && rates.containsKey(FIVE_MINUTES)) {
            rates.put(ONE_HOUR, times(input, TWICE));
        }
    }

    /** @param tiers rates by tier; a batch that the file states stays as it is */
    static void addBatch(String provider, Map<String, Map<String, Money>> tiers, Map<String, Money> standard) {
        if (provider.equals(PROVIDER) && !standard.isEmpty()) {
            tiers.putIfAbsent("batch", times(standard, HALF));
        }
    }

    static void addSearch(String provider, Map<String, Money> tools) {
        if (provider.equals(PROVIDER)) {
            tools.putIfAbsent("web_search", SEARCH);
        }
    }

    static Map<String, Money> times(Map<String, Money> rates, BigDecimal factor) {
        var products = new HashMap<String, Money>();
        rates.forEach((kind, rate) -> products.put(kind, times(rate, factor)));
        return products;
    }

    private static Money times(Money rate, BigDecimal factor) {
        var exact = rate.amount().multiply(factor);
        return Money.of(
                exact.scale() > LiteLlmEntry.MAX_DECIMALS
                        ? exact.setScale(LiteLlmEntry.MAX_DECIMALS, RoundingMode.HALF_EVEN)
                        : exact);
    }
}
