package dev.centime.ingest.analytics;

import dev.centime.ingest.view.costs.breakdown.CostBreakdown;
import dev.centime.ingest.view.costs.history.CostHistory;
import dev.centime.ingest.view.costs.question.AskedCosts;
import dev.centime.ingest.view.costs.question.CostAnswers;
import dev.centime.ingest.view.costs.question.CostAnswers.Group;
import dev.centime.ingest.view.costs.question.CostSeries;
import dev.centime.ingest.view.costs.question.CostSeries.Series;
import dev.centime.ingest.view.costs.question.Days;
import dev.centime.ingest.view.costs.question.Granularity;
import dev.centime.ingest.view.costs.question.Metric;
import dev.centime.ingest.view.costs.question.UserNames;
import dev.centime.ingest.view.costs.trends.CostTrends;
import dev.centime.ingest.view.costs.trends.Trends;
import dev.centime.ingest.view.sessions.SessionCounts;
import dev.centime.kit.Role;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code GET /analytics/admin}: the part of it that calls tell. The gateway asks, and says how people's limits stand beside it. */
@Path("/api/v1/analytics/admin")
public class AdminAnalyticsResource {
    private final AnalyticsRequests requests;
    private final Spenders spenders;
    private final UserNames names;
    private final Tenants tenants;

    AdminAnalyticsResource(AnalyticsRequests requests, Spenders spenders, UserNames names, Tenants tenants) {
        this.requests = requests;
        this.spenders = spenders;
        this.names = names;
        this.tenants = tenants;
    }

    /** All of one moment. */
    private record Found(
            Totals totals, List<CostBreakdown.Item> models, Series series, CostTrends trend, Spenders.Page spent) {}

    @GET
    @RolesAllowed({Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(summary = "What everybody spent in a period, and who")
    public Uni<AdminAnalytics> analytics() {
        var granularity = requests.granularity();
        var now = requests.now();
        return requests.asked().chain(asked -> {
            var page = spenders.asked(asked);
            return tenants.atOneMoment(asked.caller(), connection -> found(connection, asked, page, granularity, now))
                    .chain(found -> shown(asked, page, found));
        });
    }

    private Uni<Found> found(
            SqlConnection connection, AskedCosts asked, Spenders.Asked page, Granularity granularity, Instant now) {
        return Uni.combine()
                .all()
                .unis(
                        totals(connection, asked),
                        TopModels.by(Metric.TOTAL_COST.order(), connection, asked),
                        CostSeries.of(connection, asked, granularity),
                        Trends.of(connection, asked, Metric.TOTAL_COST, granularity, now),
                        spenders.page(connection, asked, page))
                .usingConcurrencyOf(1)
                .with(Found::new);
    }

    private static Uni<Totals> totals(SqlConnection connection, AskedCosts asked) {
        var question = asked.question();
        var partition = question.partition();
        return CostAnswers.total(connection, question)
                .chain(sums -> partition == null
                        ? Uni.createFrom().item(Totals.of(sums, null))
                        : SessionCounts.of(connection, partition, AnalyticsRequests.sessions(question))
                                .map(sessions -> Totals.of(sums, sessions.orElse(null))));
    }

    private Uni<AdminAnalytics> shown(AskedCosts asked, Spenders.Asked page, Found found) {
        var keys = found.spent().groups().page().stream().map(Group::key).toList();
        return names.of(asked, page.dimension(), keys)
                .map(names -> new AdminAnalytics(
                        Days.of(asked.period()),
                        found.totals(),
                        found.models(),
                        CostHistory.of(found.series(), asked.period().days()),
                        found.trend(),
                        page.dimension().name(),
                        Spenders.items(found.spent(), names),
                        spenders.next(asked, page, found.spent())));
    }
}
