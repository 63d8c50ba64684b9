package dev.centime.ingest.view.costs.summary;

import dev.centime.contracts.Money;
import dev.centime.ingest.view.costs.question.AskedCosts;
import dev.centime.ingest.view.costs.question.CostAnswers;
import dev.centime.ingest.view.costs.question.CostAnswers.Groups;
import dev.centime.ingest.view.costs.question.Dimension;
import dev.centime.ingest.view.costs.question.Metric;
import dev.centime.ingest.view.costs.question.Ratios;
import dev.centime.ingest.view.costs.summary.CostSummary.Driver;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The values of a few dimensions that most is spent on. */
@ApplicationScoped
public class TopDrivers {
    private static final List<String> DIMENSIONS = List.of("model", "project", "operation", "experiment");
    private static final int EACH = 3;
    private static final int ALL = 10;

    /** Largest first; calls without a value drive nothing that could be named. */
    Uni<List<Driver>> of(SqlConnection connection, AskedCosts asked) {
        Uni<List<Driver>> drivers = Uni.createFrom().item(List.of());
        for (var name : DIMENSIONS) {
            var dimension = Dimension.named(name).orElseThrow();
            drivers = drivers.chain(found -> CostAnswers.byDimension(
                            connection, asked.question(), dimension, Metric.TOTAL_COST.order(), null, EACH + 1)
                    .map(groups -> joined(found, name, groups)));
        }
        return drivers.map(found -> found.stream()
                .sorted(Comparator.comparing(Driver::totalCost).reversed())
                .limit(ALL)
                .toList());
    }

    private static List<Driver> joined(List<Driver> found, String dimension, Groups groups) {
        var whole = groups.total().amount("total_cost");
        var more = groups.page().stream()
                .filter(group ->
                        group.key() != null && group.sums().amount("total_cost").signum() > 0)
                .limit(EACH)
                .map(group -> new Driver(
                        dimension,
                        Objects.requireNonNull(group.key()),
                        Money.of(group.sums().amount("total_cost")),
                        Ratios.share(group.sums().amount("total_cost"), whole)));
        return Stream.concat(found.stream(), more).toList();
    }
}
