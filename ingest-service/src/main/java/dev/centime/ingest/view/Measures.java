package dev.centime.ingest.view;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The figures that are added up, by the names of their columns: whole counts, then exact amounts. Whoever writes SQL for them takes
 * the names from here, so that no statement can forget one.
 */
public final class Measures {
    public static final List<String> COUNTS = List.of(
            "requests",
            "unpriced_requests",
            "unpriced_tokens",
            "error_count",
            "latency_ms_sum",
            "latency_count",
            "input_tokens",
            "output_tokens",
            "cache_read_tokens",
            "cache_write_tokens",
            "cache_write_1h_tokens",
            "reasoning_tokens",
            "input_audio_tokens",
            "output_audio_tokens",
            "input_image_tokens",
            "output_image_tokens",
            "estimated_requests",
            "estimated_unpriced_requests",
            "reported_requests",
            "reported_unpriced_requests");

    public static final List<String> AMOUNTS = List.of(
            "total_cost",
            "input_cost",
            "output_cost",
            "cache_read_cost",
            "cache_write_cost",
            "other_cost",
            "cache_savings",
            "units",
            "estimated_cost",
            "estimated_actual_cost",
            "reported_cost",
            "reported_calculated_cost");

    public static final List<String> ALL =
            Stream.concat(COUNTS.stream(), AMOUNTS.stream()).toList();

    /** Those that most calls add nothing to: a detail row has null for nothing. */
    static final Set<String> SPARSE = Set.of(
            "output_image_tokens",
            "estimated_requests",
            "estimated_unpriced_requests",
            "reported_requests",
            "reported_unpriced_requests",
            "estimated_cost",
            "estimated_actual_cost",
            "reported_cost",
            "reported_calculated_cost");

    /** Every token once. */
    public static final List<String> TOKENS = List.of(
            "input_tokens",
            "output_tokens",
            "cache_read_tokens",
            "cache_write_tokens",
            "cache_write_1h_tokens",
            "input_audio_tokens",
            "output_audio_tokens",
            "input_image_tokens",
            "output_image_tokens");

    /** Each name as {@code sum(name) AS name}. */
    public static final String SUMS = sums(ALL);

    private final long[] counts;
    private final BigDecimal[] amounts;

    Measures(long[] counts, BigDecimal[] amounts) {
        this.counts = counts;
        this.amounts = amounts;
    }

    /** Each of some names as {@code sum(name) AS name}. */
    public static String sums(List<String> columns) {
        return columns.stream().map(name -> "sum(" + name + ") AS " + name).collect(Collectors.joining(", "));
    }

    /** Nothing yet. */
    public static Measures zero() {
        var amounts = new BigDecimal[AMOUNTS.size()];
        java.util.Arrays.fill(amounts, BigDecimal.ZERO);
        return new Measures(new long[COUNTS.size()], amounts);
    }

    /** Adds in place. */
    public void add(Measures more) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += more.counts[i];
        }
        for (int i = 0; i < amounts.length; i++) {
            amounts[i] = amounts[i].add(more.amounts[i]);
        }
    }

    /** These, less what they were before. */
    Measures less(Measures before) {
        var difference = new Measures(counts.clone(), amounts.clone());
        for (int i = 0; i < counts.length; i++) {
            difference.counts[i] -= before.counts[i];
        }
        for (int i = 0; i < amounts.length; i++) {
            difference.amounts[i] = amounts[i].subtract(before.amounts[i]);
        }
        return difference;
    }

    /** Several whole sums in one. */
    public long count(List<String> columns) {
        return columns.stream().mapToLong(this::count).sum();
    }

    /** A whole sum by its column. */
    public long count(String column) {
        return counts[COUNTS.indexOf(column)];
    }

    /** An exact sum by its column. */
    public BigDecimal amount(String column) {
        return amounts[AMOUNTS.indexOf(column)];
    }

    /** Reads sums of the same columns from somewhere else; a missing one, as of no rows, is zero. */
    public static Measures read(Function<String, @Nullable BigDecimal> column) {
        return new Measures(
                COUNTS.stream()
                        .mapToLong(name -> orZero(column.apply(name)).longValueExact())
                        .toArray(),
                AMOUNTS.stream().map(name -> orZero(column.apply(name))).toArray(BigDecimal[]::new));
    }

    private static BigDecimal orZero(@Nullable BigDecimal sum) {
        return sum == null ? BigDecimal.ZERO : sum;
    }

    /** @param index in {@link #COUNTS} */
    public long count(int index) {
        return counts[index];
    }

    /** @param index in {@link #AMOUNTS} */
    public BigDecimal amount(int index) {
        return amounts[index];
    }
}
