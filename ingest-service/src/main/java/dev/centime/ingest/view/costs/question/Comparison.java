package dev.centime.ingest.view.costs.question;

import dev.centime.contracts.Money;
import dev.centime.ingest.view.Measures;

/** What is set against what, by the columns of {@link Measures}. */
public enum Comparison {
    /** What calls were expected to cost, and what they do cost. */
    ESTIMATED("estimated_requests", "estimated_unpriced_requests", "estimated_cost", "estimated_actual_cost"),
    /** What callers say that calls cost, and what Centime calculates. */
    REPORTED("reported_requests", "reported_unpriced_requests", "reported_cost", "reported_calculated_cost");

    private final String compared;
    private final String unpriced;
    private final String said;
    private final String found;

    Comparison(String compared, String unpriced, String said, String found) {
        this.compared = compared;
        this.unpriced = unpriced;
        this.said = said;
        this.found = found;
    }

    /** The groups that lie farthest apart first. */
    public Order farthestApart() {
        return Order.byDistance(said, found);
    }

    /** Detail rows of calls that are compared and of their corrections; as the indexes of the table have it. */
    String rows() {
        return compared + " IS NOT NULL OR " + found + " IS NOT NULL";
    }

    /** Calls with both figures. */
    public long comparedRequests(Measures sums) {
        return sums.count(compared);
    }

    /** Calls of which only the figure that was said is known. */
    public long unpricedRequests(Measures sums) {
        return sums.count(unpriced);
    }

    /** Calls of which nothing was said. */
    public long silentRequests(Measures sums) {
        return sums.count("requests") - sums.count(compared) - sums.count(unpriced);
    }

    /** US dollars that were said, over the calls with both. */
    public Money said(Measures sums) {
        return Money.of(sums.amount(said));
    }

    /** US dollars that Centime finds, over the same calls. */
    public Money found(Measures sums) {
        return Money.of(sums.amount(found));
    }
}
