package dev.centime.system;

import java.math.BigDecimal;
import java.util.Map;

/** What the demo's models cost by their providers' price lists, USD per million tokens: the figures a person would reckon with. */
final class ListPrices {
    private record Price(String input, String output, String cacheRead, String cacheWrite) {}

    private static final Map<String, Price> BY_MODEL = Map.of(
            "gpt-4.1", new Price("2", "8", "0.5", "2"),
            "gpt-4.1-mini", new Price("0.4", "1.6", "0.1", "0.4"),
            "gpt-5", new Price("1.25", "10", "0.125", "1.25"),
            "gpt-5-mini", new Price("0.25", "2", "0.025", "0.25"),
            "claude-opus-4-5", new Price("5", "25", "0.5", "6.25"),
            "claude-sonnet-4-5", new Price("3", "15", "0.3", "3.75"),
            "claude-haiku-4-5", new Price("1", "5", "0.1", "1.25"),
            "gemini-2.5-flash", new Price("0.3", "2.5", "0.03", "0.3"));

    private ListPrices() {}

    /** Exact, in USD. */
    static BigDecimal cost(String model, long input, long output, long cacheRead, long cacheWrite) {
        var price = BY_MODEL.get(model);
        if (price == null) {
            throw new AssertionError("no list price is known here for " + model);
        }
        return of(input, price.input)
                .add(of(output, price.output))
                .add(of(cacheRead, price.cacheRead))
                .add(of(cacheWrite, price.cacheWrite));
    }

    private static BigDecimal of(long tokens, String perMillion) {
        return BigDecimal.valueOf(tokens).multiply(new BigDecimal(perMillion)).movePointLeft(6);
    }
}
