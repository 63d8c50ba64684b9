package dev.centime.ingest.report;

import dev.centime.contracts.Money;
import dev.centime.contracts.Organization;
import dev.centime.contracts.Scope;
import dev.centime.contracts.WeekReported;
import dev.centime.contracts.WeekReported.Day;
import dev.centime.contracts.WeekReported.Top;
import dev.centime.eventstore.log.EventLog;
import dev.centime.ingest.view.Measures;
import dev.centime.ingest.view.costs.question.CostAnswers;
import dev.centime.ingest.view.costs.question.CostChanges;
import dev.centime.ingest.view.costs.question.CostChanges.Both;
import dev.centime.ingest.view.costs.question.CostChanges.Change;
import dev.centime.ingest.view.costs.question.CostChanges.ChangeOrder;
import dev.centime.ingest.view.costs.question.CostQuestion;
import dev.centime.ingest.view.costs.question.Dimension;
import dev.centime.ingest.view.costs.question.EarlierPeriod;
import dev.centime.kit.Caller;
import dev.centime.kit.Period;
import dev.centime.kit.Role;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Adds up a week: in all beside the week before, day by day, and by what most was spent on. */
@ApplicationScoped
class WeekInFigures {
    private static final List<String> MEASURES = List.of("total_cost", "requests", "unpriced_requests");
    private static final int EACH = 5;

    private final EventLog log;
    private final Tenants tenants;

    WeekInFigures(EventLog log, Tenants tenants) {
        this.log = log;
        this.tenants = tenants;
    }

    Uni<WeekReported> of(Organization organization, LocalDate start, LocalDate end) {
        var week = new Period(start, end, organization.timeZone());
        // What an administrator may see: the report goes to addresses that administrators name.
        var caller = new Caller("ingest-service", Role.ORG_ADMIN, organization.id(), null);
        return log.partitionOf(organization.id()).chain(partition -> {
            var question = new CostQuestion(
                    organization.id(), partition, week.from(), week.until(), Scope.ORGANIZATION, null, MEASURES);
            return tenants.atOneMoment(caller, connection -> reported(connection, organization, week, question));
        });
    }

    private static Uni<WeekReported> reported(
            SqlConnection connection, Organization organization, Period week, CostQuestion question) {
        var before = week.previous();
        // Both weeks are over, so all of one is set beside all of the other.
        var both = new Both(
                question.during(before.from(), week.until()),
                week.from(),
                new EarlierPeriod(before, before.until(), week.until()));
        var starts = week.start()
                .datesUntil(week.end().plusDays(1))
                .map(day -> day.atStartOfDay(week.zone()).toInstant())
                .toList();
        return CostChanges.of(connection, both, null, ChangeOrder.byCost(true), null, 1)
                .chain(all -> CostAnswers.byTime(connection, question, starts)
                        .chain(days ->
                                top(connection, organization, both).map(top -> week(week, all.total(), days, top))));
    }

    private static Uni<List<Top>> top(SqlConnection connection, Organization organization, Both both) {
        var dimensions =
                organization.individualDetail() ? List.of("model", "project", "user") : List.of("model", "project");
        Uni<List<Top>> top = Uni.createFrom().item(List.of());
        for (var name : dimensions) {
            top = top.chain(found -> CostChanges.of(
                            connection, both, Dimension.named(name).orElseThrow(), ChangeOrder.byCost(true), null, EACH)
                    .map(changes -> Stream.concat(
                                    found.stream(),
                                    changes.page().stream()
                                            .filter(change -> change.sums().count("requests") > 0)
                                            .map(change -> top(name, change)))
                            .toList()));
        }
        return top;
    }

    private static Top top(String dimension, Change change) {
        return new Top(
                dimension,
                change.key(),
                Money.of(change.sums().amount("total_cost")),
                change.sums().count("requests"),
                Money.of(change.before().totalCost()));
    }

    private static WeekReported week(Period week, Change all, List<Measures> sums, List<Top> top) {
        var days = new ArrayList<Day>(sums.size());
        for (int day = 0; day < sums.size(); day++) {
            days.add(new Day(week.start().plusDays(day), Money.of(sums.get(day).amount("total_cost"))));
        }
        return new WeekReported(
                week.start(),
                week.end(),
                Money.of(all.sums().amount("total_cost")),
                all.sums().count("requests"),
                Money.of(all.before().totalCost()),
                all.before().requests(),
                all.sums().count("unpriced_requests"),
                days,
                top);
    }
}
