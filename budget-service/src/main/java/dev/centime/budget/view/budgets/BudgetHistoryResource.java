package dev.centime.budget.view.budgets;

import dev.centime.budget.StandingBudget;
import dev.centime.budget.Tenancy;
import dev.centime.contracts.Money;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Organizations;
import dev.centime.kit.Period;
import dev.centime.kit.PeriodParameters;
import dev.centime.kit.Query;
import dev.centime.kit.Role;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /budgets/{id}/history}: what counted against it, day by day; of a deleted one until it was deleted. */
@Path("/api/v1/budgets/{id}/history")
@Tag(name = "budgets")
@RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
public class BudgetHistoryResource {
    private final CurrentCaller current;
    private final Query query;
    private final Organizations organizations;
    private final BudgetReads budgets;
    private final Tenancy.Reads reads;
    private final Clock clock;

    BudgetHistoryResource(
            CurrentCaller current,
            Query query,
            Organizations organizations,
            BudgetReads budgets,
            Tenancy.Reads reads,
            Clock clock) {
        this.current = current;
        this.query = query;
        this.organizations = organizations;
        this.budgets = budgets;
        this.reads = reads;
        this.clock = clock;
    }

    /** @param points one a day, days without a call as zero */
    public record History(String budgetId, List<Point> points, Money totalCost) {}

    public record Point(LocalDate date, Money totalCost, long requests, long unpricedRequests) {}

    @GET
    @Operation(
            operationId = "budgetHistory",
            summary = "What counted against a budget on each day, also of one that was deleted since")
    public Uni<History> history(@BeanParam PeriodParameters parameters, String id) {
        var caller = current.get();
        AsOf.refuse(query);
        var period = Period.of(query, organizations.of(caller), clock.instant());
        return budgets.ever(caller, id).chain(budget -> reads.as(
                        caller,
                        (connection, tenancy) -> SelectDays.execute(connection, budget, period.from(), period.until()))
                .map(days -> history(budget, period, days)));
    }

    private static History history(StandingBudget budget, Period period, Map<LocalDate, Spent> days) {
        var points = new ArrayList<Point>();
        var total = Money.ZERO;
        for (var day = period.start(); !day.isAfter(period.end()); day = day.plusDays(1)) {
            var spent = days.getOrDefault(day, Spent.NOTHING);
            points.add(new Point(day, spent.spend(), spent.requests(), spent.unpriced()));
            total = total.plus(spent.spend());
        }
        return new History(budget.budgetId(), points, total);
    }
}
