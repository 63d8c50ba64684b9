package dev.centime.budget.view.checklimit;

import dev.centime.budget.CallOf;
import dev.centime.budget.CallOf.Asked;
import dev.centime.budget.LimitUse;
import dev.centime.budget.limit.BudgetUse;
import dev.centime.budget.standing.Standings;
import dev.centime.contracts.Money;
import dev.centime.eventstore.log.LogUnavailable;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Filters;
import dev.centime.kit.Organizations;
import dev.centime.kit.Problem;
import dev.centime.kit.Query;
import dev.centime.kit.Role;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /analytics/check-limit}: whether budgets allow a call, from memory. It holds nothing: a reservation does. */
@Path("/api/v1/analytics/check-limit")
@Tag(name = "limits")
@RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN, Role.Names.INGEST})
public class CheckLimitResource {
    /** Memory that has not followed the log for so long may have been cut off from it. */
    private static final Duration OLDEST = Duration.ofSeconds(2);

    private static final int MAX_DIGITS = 40;

    private final CurrentCaller current;
    private final Query query;
    private final Organizations organizations;
    private final CallOf calls;
    private final Standings standings;
    private final Clock clock;
    private final MeterRegistry metrics;

    CheckLimitResource(
            CurrentCaller current,
            Query query,
            Organizations organizations,
            CallOf calls,
            Standings standings,
            Clock clock,
            MeterRegistry metrics) {
        this.current = current;
        this.query = query;
        this.organizations = organizations;
        this.calls = calls;
        this.standings = standings;
        this.clock = clock;
        this.metrics = metrics;
    }

    @GET
    @Operation(
            operationId = "checkLimit",
            summary = "Whether the budgets that cover a call allow it, and how they stand")
    @Parameter(name = "estimated_cost", description = "US dollars; without it, whether anything is left")
    @Parameter(name = "user")
    @Parameter(name = "project")
    @Parameter(name = "experiment")
    @Parameter(name = "session")
    @Parameter(name = "run")
    @Parameter(name = "provider")
    @Parameter(name = "model")
    @Parameter(name = "operation")
    @Parameter(name = "tag.KEY", description = "the value of a tag")
    public Uni<LimitCheck> check() {
        var caller = current.get();
        organizations.of(caller);
        var cost = estimatedCost();
        return calls.toCheck(caller, dimensions())
                .chain(asked -> standings.of(caller.organization(), asked.call(), moment -> {
                    if (moment.age().compareTo(OLDEST) > 0) {
                        throw new LogUnavailable("what was spent is not known up to date here", null);
                    }
                    var now = clock.instant();
                    return answer(asked, moment.uses(asked.call(), now), cost, now.minus(moment.age()));
                }))
                .onItemOrFailure()
                .invoke((answer, failure) ->
                        count(failure != null ? "unknown" : answer.allowed() ? "allowed" : "stopped"));
    }

    private static LimitCheck answer(Asked asked, List<BudgetUse> uses, Money cost, Instant asOf) {
        var blocking = uses.stream().filter(use -> use.stops(cost)).toList();
        return new LimitCheck(blocking.isEmpty(), LimitUse.of(blocking, asked), LimitUse.of(uses, asked), asOf);
    }

    private Money estimatedCost() {
        return query.text("estimated_cost")
                .map(text -> {
                    try {
                        if (text.length() <= MAX_DIGITS) {
                            var cost = Money.of(new BigDecimal(text));
                            if (!cost.isNegative()) {
                                return cost;
                            }
                        }
                    } catch (IllegalArgumentException e) {
                        // Said below, as for a negative amount.
                    }
                    throw Problem.badRequest("estimated_cost", "must be an amount of US dollars such as 0.05");
                })
                .orElse(Money.ZERO);
    }

    private Map<String, String> dimensions() {
        var dimensions = new TreeMap<String, String>();
        Filters.DIMENSIONS.forEach(name -> query.text(name).ifPresent(value -> dimensions.put(name, value)));
        query.startingWith("tag.").forEach((name, values) -> {
            if (values.size() > 1) {
                throw Problem.badRequest(name, "must be given once");
            }
            dimensions.put(name, values.getFirst());
        });
        return dimensions;
    }

    private void count(String outcome) {
        metrics.counter("centime.limits.checks", "outcome", outcome).increment();
    }
}
