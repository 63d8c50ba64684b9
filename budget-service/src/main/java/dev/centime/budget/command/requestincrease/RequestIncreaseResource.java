package dev.centime.budget.command.requestincrease;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.centime.budget.BudgetRefusal.AskedBefore;
import dev.centime.budget.BudgetRefusal.Refused;
import dev.centime.budget.BudgetRefusal.Unknown;
import dev.centime.budget.DerivedId;
import dev.centime.budget.IncreaseRequests;
import dev.centime.budget.IncreaseRequests.Read;
import dev.centime.budget.PathId;
import dev.centime.budget.RefusalAnswers;
import dev.centime.budget.accept.IncreaseBody;
import dev.centime.budget.event.IncreaseRequested;
import dev.centime.budget.limit.Display;
import dev.centime.contracts.AlertRaised;
import dev.centime.contracts.BudgetSet;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.NewEvent;
import dev.centime.kit.Caller;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Provenance;
import dev.centime.kit.Role;
import dev.centime.kit.Written;
import dev.centime.kit.idempotency.IdempotencyKey;
import dev.centime.kit.idempotency.Idempotent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * {@code POST /budgets/{id}/increase-requests}. The request and the alert that brings it to an administrator are one append. Whom a
 * budget stops may ask for more of it, also where he cannot see it.
 */
@Path("/api/v1/budgets/{id}/increase-requests")
@Tag(name = "budgets")
@RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN})
public class RequestIncreaseResource {
    private final CurrentCaller current;
    private final IdempotencyKey key;
    private final IncreaseRequests requests;
    private final EventLog log;
    private final EventTypes types;
    private final Provenance provenance;
    private final Clock clock;

    RequestIncreaseResource(
            CurrentCaller current,
            IdempotencyKey key,
            IncreaseRequests requests,
            EventLog log,
            EventTypes types,
            Provenance provenance,
            Clock clock) {
        this.current = current;
        this.key = key;
        this.requests = requests;
        this.log = log;
        this.types = types;
        this.provenance = provenance;
        this.clock = clock;
    }

    @POST
    @Idempotent
    @Operation(
            operationId = "requestIncrease",
            summary = "Asks for a higher limit; an administrator sees it as an alert and decides")
    public Uni<RestResponse<IncreaseRequested>> request(
            String id,
            @RequestBody(content = @Content(schema = @Schema(implementation = IncreaseBody.class))) JsonNode body) {
        var caller = current.get();
        var requestId = key.id(caller, "increase-request");
        return requests.of(caller.oneOrganization(), PathId.checked("budget", id))
                .map(read -> standing(caller, id, requestId, read))
                .onFailure()
                .transform(RefusalAnswers::problem)
                .chain(standing -> append(caller, standing, requested(caller, standing, requestId, body)));
    }

    /** Who repeats a request has asked once; who got as much otherwise may ask for more. */
    private static BudgetSet standing(Caller caller, String id, String requestId, Read read) {
        var budget = read.budget();
        if (budget == null) {
            throw new Refused(new Unknown(id));
        }
        read.requests().stream()
                .filter(other -> other.isOpen()
                        && other.by().equals(caller.id())
                        && other.wanted().compareTo(budget.definition().totalLimit()) > 0
                        && !other.requestId().equals(requestId))
                .findFirst()
                .ifPresent(other -> {
                    throw new Refused(new AskedBefore(other));
                });
        return budget;
    }

    private IncreaseRequested requested(Caller caller, BudgetSet standing, String requestId, JsonNode body) {
        var limit = standing.definition().totalLimit();
        var asked = IncreaseBody.read(body, limit);
        return new IncreaseRequested(
                requestId,
                standing.budgetId(),
                limit,
                asked.totalLimit(),
                asked.reason(),
                caller.id(),
                clock.instant());
    }

    private Uni<RestResponse<IncreaseRequested>> append(
            Caller caller, BudgetSet standing, IncreaseRequested requested) {
        var alert = alert(standing, requested);
        return provenance
                .of(caller, caller.organization())
                .chain(metadata -> log.append(
                        caller.organization(),
                        List.of(
                                event(requested.requestId(), requested, metadata),
                                event(alert.alertId(), alert, metadata))))
                .map(appended -> Written.recorded(requested, appended.position()));
    }

    private NewEvent event(String id, Object payload, Map<String, String> metadata) {
        return types.encode(id, clock.instant(), payload, metadata, Set.of());
    }

    private static AlertRaised alert(BudgetSet standing, IncreaseRequested requested) {
        var details = JsonNodeFactory.instance.objectNode();
        details.put("budget_id", standing.budgetId());
        details.put("budget_name", standing.definition().name());
        details.put("request_id", requested.requestId());
        details.put("limit", requested.limit().toString());
        details.put("wanted", requested.wanted().toString());
        details.put("requested_by", requested.by());
        return new AlertRaised(
                DerivedId.of("increase-requested", requested.requestId()).toString(),
                "budget-increase-request",
                "info",
                "More is asked for than budget " + standing.definition().name() + " allows",
                Display.dollars(requested.wanted()) + " instead of " + Display.dollars(requested.limit()) + ": "
                        + requested.reason(),
                "budget/" + standing.budgetId(),
                null,
                details,
                requested.at());
    }
}
