package dev.centime.ingest.view.costs.question;

import dev.centime.ingest.view.Measures;
import dev.centime.kit.Query;
import java.math.BigDecimal;
import java.util.List;

/**
 * A figure that a request may name.
 *
 * @param money whether it is US dollars
 * @param columns of {@link Measures#ALL} that it is the sum of
 */
public record Metric(String name, boolean money, List<String> columns) {
    public static final Metric TOTAL_COST = new Metric("total_cost", true, List.of("total_cost"));

    public static final Metric REQUESTS = new Metric("requests", false, List.of("requests"));
    public static final Metric TOTAL_TOKENS = new Metric("total_tokens", false, Measures.TOKENS);

    private static final List<Metric> ALL = List.of(
            TOTAL_COST,
            new Metric("input_cost", true, List.of("input_cost")),
            new Metric("output_cost", true, List.of("output_cost")),
            new Metric("cache_savings", true, List.of("cache_savings")),
            REQUESTS,
            new Metric("error_count", false, List.of("error_count")),
            new Metric("input_tokens", false, List.of("input_tokens")),
            new Metric("output_tokens", false, List.of("output_tokens")),
            new Metric("cache_read_tokens", false, List.of("cache_read_tokens")),
            new Metric("cache_write_tokens", false, List.of("cache_write_tokens", "cache_write_1h_tokens")),
            TOTAL_TOKENS,
            new Metric("units", false, List.of("units")));

    /** What a request's parameter {@code metric} may say, for its documentation. */
    public static final String NAMES =
            "total_cost (default), input_cost, output_cost, cache_savings, requests, error_count, input_tokens, output_tokens,"
                    + " cache_read_tokens, cache_write_tokens, total_tokens or units";

    /** The one that a request names by {@code metric}; total cost without. */
    public static Metric asked(Query query) {
        var name = query.word("metric", ALL.stream().map(Metric::name).toList());
        return ALL.stream()
                .filter(metric -> metric.name().equals(name))
                .findFirst()
                .orElse(TOTAL_COST);
    }

    public BigDecimal of(Measures sums) {
        return columns.stream()
                .map(column ->
                        Measures.COUNTS.contains(column) ? BigDecimal.valueOf(sums.count(column)) : sums.amount(column))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The largest first. */
    public Order order() {
        return new Order(String.join(" + ", columns), columns, this::of);
    }

    public Figure figure(BigDecimal amount) {
        return new Figure(amount, money);
    }
}
