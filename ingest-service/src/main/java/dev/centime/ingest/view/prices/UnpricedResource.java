package dev.centime.ingest.view.prices;

import dev.centime.eventstore.log.EventLog;
import dev.centime.ingest.view.prices.SelectUnpriced.After;
import dev.centime.kit.Caller;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Filters;
import dev.centime.kit.Page;
import dev.centime.kit.Query;
import dev.centime.kit.Role;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /pricing/unpriced}: models whose calls have no cost. */
@Path("/api/v1/pricing/unpriced")
@Tag(name = "Pricing")
public class UnpricedResource {
    private final CurrentCaller current;
    private final Query query;
    private final Filters filters;
    private final Tenants tenants;
    private final EventLog log;

    UnpricedResource(CurrentCaller current, Query query, Filters filters, Tenants tenants, EventLog log) {
        this.current = current;
        this.query = query;
        this.filters = filters;
        this.tenants = tenants;
        this.log = log;
    }

    @GET
    @RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(
            summary = "Models without a price",
            description =
                    "With their tokens, by requests, most first; over all organizations, for each by itself. A price for one of them"
                            + " corrects its calls.")
    @Parameter(name = "limit", in = ParameterIn.QUERY, schema = @Schema(implementation = Integer.class))
    @Parameter(name = "cursor", in = ParameterIn.QUERY, schema = @Schema(implementation = String.class))
    public Uni<Page<UnpricedModel>> list() {
        var caller = current.get();
        var limit = query.limit();
        var after = query.cursor(caller, After::of).orElse(null);
        return subjects(caller).chain(subjects -> (caller.allOrganizations()
                        ? Uni.createFrom().item(-1)
                        : log.partitionOf(caller.organization()))
                .chain(partition -> tenants.with(
                        caller, connection -> SelectUnpriced.of(connection, caller, partition, subjects, after, limit)))
                .map(found -> page(caller, found, limit)));
    }

    /** A user sees only his own, as in every read of cost; empty for everybody's, and within it empty for nobody's. */
    private Uni<Optional<List<String>>> subjects(Caller caller) {
        return caller.ownOnly()
                ? filters.within(Map.of(), caller)
                        .map(scope -> Optional.of(scope.filters().getOrDefault("user", List.of()).stream()
                                .filter(subject -> !subject.isEmpty())
                                .toList()))
                : Uni.createFrom().item(Optional.empty());
    }

    private Page<UnpricedModel> page(Caller caller, List<UnpricedModel> found, int limit) {
        return query.page(caller, found, limit, last -> After.of(last).keys());
    }
}
