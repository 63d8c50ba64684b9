package dev.centime.ingest.view.costs.summary;

import dev.centime.contracts.Money;
import dev.centime.ingest.view.Measures;
import dev.centime.ingest.view.costs.question.AskedCosts;
import dev.centime.ingest.view.costs.question.CostAnswers;
import dev.centime.ingest.view.costs.question.Ratios;
import dev.centime.ingest.view.costs.summary.CostSummary.Driver;
import dev.centime.ingest.view.costs.summary.CostSummary.Spent;
import dev.centime.kit.Period;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Makes summaries: one statement sums all the periods, since each is a stretch between two of a few days. */
@ApplicationScoped
public class Summaries {
    static final List<String> MEASURES = List.of("total_cost", "requests");

    private static final Duration DAY = Duration.ofDays(1);

    private final Tenants tenants;
    private final TopDrivers drivers;

    Summaries(Tenants tenants, TopDrivers drivers) {
        this.tenants = tenants;
        this.drivers = drivers;
    }

    /** @param month asked about the current month up to today */
    Uni<CostSummary> of(AskedCosts month, Instant now) {
        var around = Periods.around(now, month.organization());
        return tenants.atOneMoment(month.caller(), connection -> month.expired(
                        connection, null, around.cuts().getFirst(), around.until())
                .map(around::told)
                .chain(periods -> daily(connection, month, periods)
                        .chain(daily -> drivers.of(connection, month).map(top -> summary(periods, daily, top, now)))));
    }

    /** Sums between all the days at which any of the periods begins or ends. */
    private static Uni<List<Measures>> daily(SqlConnection connection, AskedCosts asked, Periods periods) {
        var cuts = periods.cuts();
        return CostAnswers.byTime(connection, asked.question().during(cuts.getFirst(), periods.until()), cuts);
    }

    private static CostSummary summary(Periods periods, List<Measures> sums, List<Driver> top, Instant now) {
        return new CostSummary(
                spent(periods, sums, "today"),
                spent(periods, sums, "yesterday"),
                spent(periods, sums, "week"),
                spent(periods, sums, "month"),
                spent(periods, sums, "quarter"),
                spent(periods, sums, "year"),
                projected(periods, sums, now),
                top);
    }

    private static Spent spent(Periods periods, List<Measures> sums, String name) {
        var current = periods.sum(periods.current(name), sums);
        var earlier = periods.before(name);
        var before = periods.sum(earlier.period().from(), earlier.until(), sums).amount("total_cost");
        var compared = periods.sum(periods.current(name).from(), earlier.laterUntil(), sums)
                .amount("total_cost");
        return new Spent(
                Money.of(current.amount("total_cost")),
                current.count("requests"),
                Money.of(before),
                Money.of(compared),
                Ratios.changePercent(before, compared));
    }

    private static Money projected(Periods periods, List<Measures> sums, Instant now) {
        var current = periods.current("month");
        var soFar = periods.sum(current, sums).amount("total_cost");
        var end = current.start().plusMonths(1).atStartOfDay(current.zone()).toInstant();
        var left = Duration.between(now, end);
        var recent = periods.sum(Period.lastDays(Periods.RATE_DAYS, current.end(), current.zone()), sums)
                .amount("total_cost");
        var rest = recent.multiply(BigDecimal.valueOf(left.toSeconds()));
        return Money.of(soFar).plus(Ratios.divided(rest, BigDecimal.valueOf(DAY.toSeconds() * Periods.RATE_DAYS)));
    }
}
