package dev.centime.ingest.analytics;

import dev.centime.ingest.view.costs.history.CostHistory;
import dev.centime.ingest.view.costs.question.AskedCosts;
import dev.centime.ingest.view.costs.question.CostAnswers;
import dev.centime.ingest.view.costs.question.CostQuestion;
import dev.centime.ingest.view.costs.question.CostSeries;
import dev.centime.ingest.view.costs.question.Days;
import dev.centime.ingest.view.costs.question.Granularity;
import dev.centime.ingest.view.costs.question.Metric;
import dev.centime.ingest.view.costs.trends.Trends;
import dev.centime.ingest.view.sessions.SessionCounts;
import dev.centime.kit.Caller;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Problem;
import dev.centime.kit.Query;
import dev.centime.kit.Role;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** {@code GET /analytics/user}: the part of it that calls tell. The gateway asks, and says how the person's limits stand beside it. */
@Path("/api/v1/analytics/user")
public class UserAnalyticsResource {
    private final CurrentCaller current;
    private final Query query;
    private final AnalyticsRequests requests;
    private final Tenants tenants;

    UserAnalyticsResource(CurrentCaller current, Query query, AnalyticsRequests requests, Tenants tenants) {
        this.current = current;
        this.query = query;
        this.requests = requests;
        this.tenants = tenants;
    }

    @GET
    @RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(summary = "What a person spent, of all time and in a period")
    public Uni<UserAnalytics> analytics() {
        var user = user(current.get());
        var granularity = requests.granularity();
        var now = requests.now();
        return requests.asked()
                .chain(asked -> tenants.atOneMoment(
                        asked.caller(), connection -> analytics(connection, asked, user, granularity, now)));
    }

    private @Nullable String user(Caller caller) {
        var organization = caller.oneOrganization();
        var named = query.text("user").orElse(caller.ownOnly() ? caller.user() : null);
        if (named == null && !caller.ownOnly()) {
            throw Problem.badRequest("user", "is required: a person of " + organization);
        }
        return named;
    }

    private Uni<UserAnalytics> analytics(
            SqlConnection connection, AskedCosts asked, @Nullable String user, Granularity granularity, Instant now) {
        return Uni.combine()
                .all()
                .unis(
                        totals(connection, requests.allTime(asked)),
                        totals(connection, asked.question()),
                        TopModels.by(Metric.REQUESTS.order(), connection, asked),
                        CostSeries.of(connection, asked, granularity),
                        Trends.of(connection, asked, Metric.TOTAL_COST, granularity, now))
                .usingConcurrencyOf(1)
                .with((all, totals, models, series, trend) -> new UserAnalytics(
                        user,
                        all,
                        Days.of(asked.period()),
                        totals,
                        models,
                        CostHistory.of(series, asked.period().days()),
                        trend));
    }

    private static Uni<Totals> totals(SqlConnection connection, CostQuestion question) {
        var partition = Objects.requireNonNull(question.partition(), "of one organization");
        return CostAnswers.total(connection, question)
                .chain(sums -> SessionCounts.of(connection, partition, AnalyticsRequests.sessions(question))
                        .map(sessions -> Totals.of(sums, sessions.orElse(null))));
    }
}
