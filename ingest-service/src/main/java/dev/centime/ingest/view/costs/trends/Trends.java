package dev.centime.ingest.view.costs.trends;

import dev.centime.ingest.view.costs.question.AskedCosts;
import dev.centime.ingest.view.costs.question.CostAnswers;
import dev.centime.ingest.view.costs.question.CostQuestion;
import dev.centime.ingest.view.costs.question.CostSeries;
import dev.centime.ingest.view.costs.question.Granularity;
import dev.centime.ingest.view.costs.question.Metric;
import dev.centime.ingest.view.costs.trends.CostTrends.Compared;
import dev.centime.kit.Problem;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;

/** Finds where a figure is going. */
@ApplicationScoped
public class Trends {
    /** Every pair of points is looked at. */
    private static final int MAX_POINTS = 400;

    private final Tenants tenants;

    Trends(Tenants tenants) {
        this.tenants = tenants;
    }

    /**
     * @param now what was over then
     * @throws Problem 400 when there would be too many points
     */
    Uni<CostTrends> of(AskedCosts asked, Metric metric, Granularity granularity, Instant now) {
        return tenants.atOneMoment(asked.caller(), connection -> of(connection, asked, metric, granularity, now));
    }

    /** As {@link #of(AskedCosts, Metric, Granularity, Instant)}, in a transaction of the caller's. */
    public static Uni<CostTrends> of(
            SqlConnection connection, AskedCosts all, Metric metric, Granularity granularity, Instant now) {
        var asked = all.asking(metric.columns());
        var stretches = Stretches.of(asked.period(), asked.organization(), granularity);
        if (stretches.start().size() > MAX_POINTS) {
            throw Problem.badRequest(
                    "granularity", "must be coarser for so long a period: at most " + MAX_POINTS + " points");
        }
        return CostSeries.of(connection, asked, granularity).chain(found -> asked.comparable(connection, null)
                .chain(comparable -> compared(connection, comparable, metric)
                        .map(compared -> CostTrends.of(metric, comparable, stretches, found, compared, now))));
    }

    /** As much of this period as is over, and as much of the one before. */
    private static Uni<Compared> compared(SqlConnection connection, AskedCosts asked, Metric metric) {
        var from = asked.period().from();
        var before = asked.before();
        var question = asked.question();
        return total(connection, question.during(from, before.laterUntil()), metric)
                .chain(now -> total(connection, question.during(before.period().from(), before.until()), metric)
                        .map(then -> new Compared(now, then)));
    }

    private static Uni<BigDecimal> total(SqlConnection connection, CostQuestion question, Metric metric) {
        return question.from().equals(question.until())
                ? Uni.createFrom().item(BigDecimal.ZERO)
                : CostAnswers.total(connection, question).map(metric::of);
    }
}
