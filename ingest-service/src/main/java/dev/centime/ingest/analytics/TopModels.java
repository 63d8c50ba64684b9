package dev.centime.ingest.analytics;

import dev.centime.ingest.view.costs.breakdown.CostBreakdown;
import dev.centime.ingest.view.costs.question.AskedCosts;
import dev.centime.ingest.view.costs.question.CostAnswers;
import dev.centime.ingest.view.costs.question.CostAnswers.Groups;
import dev.centime.ingest.view.costs.question.Dimension;
import dev.centime.ingest.view.costs.question.Order;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;

/** The first models of an order. */
final class TopModels {
    private static final Dimension MODEL = Dimension.named("model").orElseThrow();
    private static final int MOST = 10;

    private TopModels() {}

    static Uni<List<CostBreakdown.Item>> by(Order order, SqlConnection connection, AskedCosts asked) {
        return CostAnswers.byDimension(connection, asked.question(), MODEL, order, null, MOST)
                .map(TopModels::items);
    }

    private static List<CostBreakdown.Item> items(Groups groups) {
        var whole = groups.total().amount("total_cost");
        return groups.page().stream()
                .map(group -> CostBreakdown.Item.of(group.key(), group.sums(), whole))
                .toList();
    }
}
