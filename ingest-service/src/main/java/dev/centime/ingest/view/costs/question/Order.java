package dev.centime.ingest.view.costs.question;

import dev.centime.ingest.view.Measures;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;

/**
 * What groups are ordered by.
 *
 * @param expression in SQL, over the columns of {@link Measures#ALL}
 * @param columns that are in it
 * @param value the same of a group that was read
 */
public record Order(String expression, List<String> columns, boolean descending, Function<Measures, BigDecimal> value) {
    /** The largest first. */
    Order(String expression, List<String> columns, Function<Measures, BigDecimal> value) {
        this(expression, columns, true, value);
    }

    /** The same, the largest first or last. */
    public Order descending(boolean largestFirst) {
        return new Order(expression, columns, largestFirst, value);
    }

    /** By how far two amounts lie apart, whichever is the larger. */
    static Order byDistance(String one, String other) {
        return new Order("abs(" + one + " - " + other + ")", List.of(one, other), sums -> sums.amount(one)
                .subtract(sums.amount(other))
                .abs());
    }
}
