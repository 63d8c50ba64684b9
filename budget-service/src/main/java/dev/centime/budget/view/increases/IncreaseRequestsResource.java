package dev.centime.budget.view.increases;

import dev.centime.budget.IncreaseRequest;
import dev.centime.budget.IncreaseRequests;
import dev.centime.budget.PathId;
import dev.centime.kit.Caller;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Page;
import dev.centime.kit.PageEnd;
import dev.centime.kit.Problem;
import dev.centime.kit.Query;
import dev.centime.kit.Role;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /budgets/{id}/increase-requests}: from the log itself, so that a decision shows at once. A user's key sees its own. */
@Path("/api/v1/budgets/{id}/increase-requests")
@Tag(name = "budgets")
@RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
public class IncreaseRequestsResource {
    private final CurrentCaller current;
    private final Query query;
    private final IncreaseRequests requests;

    IncreaseRequestsResource(CurrentCaller current, Query query, IncreaseRequests requests) {
        this.current = current;
        this.query = query;
        this.requests = requests;
    }

    @GET
    @Operation(
            operationId = "increaseRequests",
            summary = "What was asked for beyond a budget's limit, newest first, and who decided how and why")
    @Parameter(name = "limit", description = "50 unless set, at most 1000")
    @Parameter(name = "cursor")
    public Uni<Page<IncreaseRequest>> list(String id) {
        var caller = current.get();
        var budget = PathId.checked("budget", id);
        var limit = query.limit();
        var before = query.cursor(caller, PageEnd::text).orElse(null);
        return requests.of(caller.oneOrganization(), budget).map(read -> {
            if (read.budget() == null && read.requests().isEmpty()) {
                throw Problem.notFound("budget " + budget);
            }
            var seen = read.requests().reversed().stream()
                    .filter(request -> sees(caller, request))
                    .toList();
            var rest = before == null
                    ? seen
                    : seen.stream()
                            .dropWhile(request -> !request.requestId().equals(before))
                            .skip(1)
                            .toList();
            return query.page(caller, rest, limit, last -> List.of(last.requestId()));
        });
    }

    private static boolean sees(Caller caller, IncreaseRequest request) {
        return !caller.ownOnly() || request.by().equals(caller.id());
    }
}
