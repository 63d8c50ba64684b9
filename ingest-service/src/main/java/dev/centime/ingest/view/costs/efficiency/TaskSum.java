package dev.centime.ingest.view.costs.efficiency;

import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;

/**
 * What some tasks add up to.
 *
 * @param key what they have in common, as their {@link Block} says; the empty text for none
 * @param other a second thing that they have in common, likewise
 * @param cost US dollars, those of tasks without a known cost not in it
 * @param number what else the block counts
 */
record TaskSum(String key, String other, long tasks, BigDecimal cost, long tokensIn, long tokensOut, long number) {
    static final TaskSum NOTHING = new TaskSum("", "", 0, BigDecimal.ZERO, 0, 0, 0);

    static TaskSum of(Row row) {
        return new TaskSum(
                row.getString("key"),
                row.getString("other"),
                row.getLong("tasks"),
                row.getBigDecimal("cost"),
                row.getLong("tokens_in"),
                row.getLong("tokens_out"),
                row.getLong("number"));
    }

    /** Both together, by the key of this. */
    TaskSum plus(TaskSum more) {
        return new TaskSum(
                key,
                other,
                tasks + more.tasks,
                cost.add(more.cost),
                tokensIn + more.tokensIn,
                tokensOut + more.tokensOut,
                number + more.number);
    }
}
