package dev.centime.ingest.accept.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Locale;

/** What the tasks of a COST-TRACKING file add up to. */
final class TaskSums {
    private BigDecimal cost = BigDecimal.ZERO;
    private BigDecimal in = BigDecimal.ZERO;
    private BigDecimal out = BigDecimal.ZERO;
    private long haiku;
    private long sonnet;

    void add(JsonNode task) {
        cost = cost.add(amount(task, "cost_usd"));
        in = in.add(amount(task, "tokens_in"));
        out = out.add(amount(task, "tokens_out"));
        var model = task.path("model").asText("").toLowerCase(Locale.ROOT);
        haiku += model.contains("haiku") ? 1 : 0;
        sonnet += model.contains("sonnet") ? 1 : 0;
    }

    private static BigDecimal amount(JsonNode task, String field) {
        var amount = Amounts.of(task.path(field));
        return amount == null ? BigDecimal.ZERO : amount;
    }

    /** Says where the file states something else. */
    void compare(JsonNode document, Rows rows) {
        compare(document, "total_cost", cost, rows);
        compare(document, "budget_spent", cost, rows);
        compare(document, "total_tokens_in", in, rows);
        compare(document, "total_tokens_out", out, rows);
        var efficiency = document.path("efficiency_metrics");
        compare(efficiency, "haiku_tasks", BigDecimal.valueOf(haiku), rows);
        compare(efficiency, "sonnet_tasks", BigDecimal.valueOf(sonnet), rows);
    }

    private static void compare(JsonNode document, String total, BigDecimal counted, Rows rows) {
        var stated = Amounts.of(document.path(total));
        if (stated != null && stated.compareTo(counted) != 0) {
            rows.difference(new Difference(null, total, stated, counted));
        }
    }
}
