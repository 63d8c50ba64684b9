package dev.centime.ingest.view.costs.analysis;

import dev.centime.ingest.view.costs.analysis.CostAnalysis.Driver;
import dev.centime.ingest.view.costs.question.AskedCosts;
import dev.centime.ingest.view.costs.question.CallFigures;
import dev.centime.ingest.view.costs.question.CostAnswers.After;
import dev.centime.ingest.view.costs.question.CostChanges;
import dev.centime.ingest.view.costs.question.CostChanges.Both;
import dev.centime.ingest.view.costs.question.CostChanges.Change;
import dev.centime.ingest.view.costs.question.CostChanges.ChangeOrder;
import dev.centime.ingest.view.costs.question.CostChanges.Changes;
import dev.centime.ingest.view.costs.question.CostRequests;
import dev.centime.ingest.view.costs.question.Dimension;
import dev.centime.ingest.view.costs.question.UserNames;
import dev.centime.kit.Problem;
import dev.centime.kit.Query;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.RequestScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The analysis that the request at hand asks for. */
@RequestScoped
class Analyses {
    static final String GROUPS =
            "provider, model, project, experiment, session, user, operation, run, tag.KEY, organization";

    private final CostRequests requests;
    private final Query query;
    private final Tenants tenants;
    private final UserNames names;

    Analyses(CostRequests requests, Query query, Tenants tenants, UserNames names) {
        this.requests = requests;
        this.query = query;
        this.tenants = tenants;
        this.names = names;
    }

    /** @throws Problem 400 when a parameter cannot be read */
    Uni<CostAnalysis> asked() {
        var dimension = Dimension.named(query.text("group_by").orElse("model"))
                .orElseThrow(() -> Problem.badRequest("group_by", "must be one of " + GROUPS));
        var order = order();
        return requests.asked()
                .map(asked -> asked.asking(CallFigures.MEASURES))
                .chain(asked -> analysis(asked, dimension, order));
    }

    private ChangeOrder order() {
        var sort = query.sort(List.of("total_cost", "change"), new Query.Sort("total_cost", true));
        return sort.name().equals("change")
                ? ChangeOrder.byChange(sort.descending())
                : ChangeOrder.byCost(sort.descending());
    }

    /** @param asked compared as far as could be told */
    private record Found(AskedCosts asked, Changes changes, List<Driver> drivers) {}

    private Uni<CostAnalysis> analysis(AskedCosts asked, Dimension dimension, ChangeOrder order) {
        asked.checkFor(dimension, "group_by");
        var after = query.cursor(asked.caller(), After::of).orElse(null);
        var limit = query.limit();
        var shown = asked.oneRow(dimension) ? null : dimension;
        return tenants.atOneMoment(asked.caller(), connection -> asked.comparable(connection, shown)
                        .chain(comparable -> found(connection, comparable, shown, order, after, limit)))
                .chain(found -> names.of(asked, dimension, keys(found.changes()))
                        .map(keys -> CostAnalysis.of(
                                dimension.name(),
                                found.asked(),
                                found.changes(),
                                keys,
                                found.drivers(),
                                next(asked, found.changes(), order))));
    }

    private static Uni<Found> found(
            SqlConnection connection,
            AskedCosts asked,
            @Nullable Dimension shown,
            ChangeOrder order,
            @Nullable After after,
            int limit) {
        var both = Both.of(asked);
        return CostChanges.of(connection, both, shown, order, after, limit)
                .chain(changes ->
                        ChangeDrivers.of(connection, both).map(drivers -> new Found(asked, changes, drivers)));
    }

    private static List<@Nullable String> keys(Changes changes) {
        return changes.page().stream().map(Change::key).toList();
    }

    private @Nullable String next(AskedCosts asked, Changes changes, ChangeOrder order) {
        if (!changes.more()) {
            return null;
        }
        var last = changes.page().getLast();
        var key = last.key();
        return query.nextCursor(
                asked.caller(), List.of(order.value().apply(last).toPlainString(), key == null ? "" : key));
    }
}
