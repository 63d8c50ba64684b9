package dev.centime.recommendation.view.recommendations;

import dev.centime.contracts.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many recommendations there are, and what they are worth.
 *
 * @param byStatus how many, by status
 * @param byType how many are pending, by type
 * @param potentialSavings a month, of those that are pending
 * @param acceptedSavings a month, of those that were accepted, as estimated
 */
public record RecommendationSummary(
        long total,
        Map<String, Long> byStatus,
        Map<String, Long> byType,
        Money potentialSavings,
        Money acceptedSavings) {

    record Row(String status, String type, long count, BigDecimal savings) {}

    static RecommendationSummary of(List<Row> rows) {
        var byStatus = new TreeMap<String, Long>();
        var byType = new TreeMap<String, Long>();
        for (var row : rows) {
            byStatus.merge(row.status, row.count, Long::sum);
            if (row.status.equals("pending")) {
                byType.merge(row.type, row.count, Long::sum);
            }
        }
        return new RecommendationSummary(
                rows.stream().mapToLong(Row::count).sum(),
                byStatus,
                byType,
                savings(rows, "pending"),
                savings(rows, "accepted"));
    }

    private static Money savings(List<Row> rows, String status) {
        return rows.stream()
                .filter(row -> row.status.equals(status))
                .map(row -> Money.of(row.savings))
                .reduce(Money.ZERO, Money::plus);
    }
}
