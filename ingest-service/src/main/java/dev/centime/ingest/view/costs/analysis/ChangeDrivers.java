package dev.centime.ingest.view.costs.analysis;

import dev.centime.ingest.view.costs.analysis.CostAnalysis.Driver;
import dev.centime.ingest.view.costs.question.CostChanges;
import dev.centime.ingest.view.costs.question.CostChanges.Both;
import dev.centime.ingest.view.costs.question.CostChanges.ChangeOrder;
import dev.centime.ingest.view.costs.question.CostChanges.Changes;
import dev.centime.ingest.view.costs.question.Dimension;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The values of a few dimensions whose cost moved most between two periods. */
final class ChangeDrivers {
    private static final List<String> DIMENSIONS = List.of("model", "project", "operation", "experiment");
    private static final int EACH = 3;
    private static final int ALL = 10;

    private ChangeDrivers() {}

    /** Moved most first; what stayed as it was and calls without a value drive nothing. */
    static Uni<List<Driver>> of(SqlConnection connection, Both both) {
        var costs = both.ofCosts();
        Uni<List<Driver>> drivers = Uni.createFrom().item(List.of());
        for (var name : DIMENSIONS) {
            var dimension = Dimension.named(name).orElseThrow();
            drivers = drivers.chain(
                    found -> CostChanges.of(connection, costs, dimension, ChangeOrder.byDistance(), null, EACH + 1)
                            .map(changes -> Stream.concat(found.stream(), moved(name, changes))
                                    .toList()));
        }
        return drivers.map(found -> found.stream()
                .sorted(Comparator.comparing((Driver driver) ->
                                driver.moved().change().amount().abs())
                        .reversed())
                .limit(ALL)
                .toList());
    }

    private static Stream<Driver> moved(String dimension, Changes changes) {
        var whole = changes.total().sums().amount("total_cost");
        return changes.page().stream()
                .filter(change -> change.amount().signum() != 0)
                .flatMap(change -> Stream.ofNullable(change.key()).map(key -> Driver.of(dimension, key, change, whole)))
                .limit(EACH);
    }
}
