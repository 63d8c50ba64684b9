package dev.centime.kit.demo;

import dev.centime.contracts.Money;
import dev.centime.contracts.Scope;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Filters;
import dev.centime.kit.Organizations;
import dev.centime.kit.Page;
import dev.centime.kit.PageEnd;
import dev.centime.kit.Period;
import dev.centime.kit.Query;
import dev.centime.kit.Revision;
import dev.centime.kit.Role;
import dev.centime.kit.Tenants;
import dev.centime.kit.Written;
import dev.centime.kit.idempotency.IdempotencyKey;
import dev.centime.kit.idempotency.Idempotent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Every feature of the kit at one path or another. */
@Path("/api/v1/greetings")
public class GreetingResource {
    private final CurrentCaller caller;
    private final EventLog log;
    private final EventTypes types;
    private final Tenants tenants;
    private final Query query;
    private final Filters filters;
    private final Organizations organizations;
    private final IdempotencyKey key;
    private final Clock clock;

    GreetingResource(
            CurrentCaller caller,
            EventLog log,
            EventTypes types,
            Tenants tenants,
            Query query,
            Filters filters,
            Organizations organizations,
            IdempotencyKey key,
            Clock clock) {
        this.caller = caller;
        this.log = log;
        this.types = types;
        this.tenants = tenants;
        this.query = query;
        this.filters = filters;
        this.organizations = organizations;
        this.key = key;
        this.clock = clock;
    }

    public record Greeting(
            @NotBlank @Size(max = 20) String text,
            Instant at,
            BigDecimal exactAmount,
            Money price,
            int repeatTimes,
            @Valid List<Line> manyLines) {}

    public record Line(@NotNull String lineText) {}

    public record Stored(String id, String text) {}

    public record Asked(LocalDate start, LocalDate end, String timeZone, Scope scope) {}

    @POST
    @Idempotent
    @RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN})
    public Uni<RestResponse<Stored>> greet(@Valid @NotNull Greeting greeting) {
        var who = caller.get();
        var id = key.id(who, "greeting");
        var event = types.encode(id, Instant.now(), new Greeted(id, greeting.text()), Map.of(), Set.of());
        return log.append(who.oneOrganization(), List.of(event))
                .map(done -> Written.created(
                        "/api/v1/greetings/" + id, new Stored(id, greeting.text()), done.position(), 1));
    }

    @POST
    @Path("/echo")
    @RolesAllowed(Role.Names.USER)
    public Greeting echo(@Valid @NotNull Greeting greeting) {
        return greeting;
    }

    @GET
    @RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    public Uni<Page<Stored>> list() {
        var limit = query.limit();
        var after = query.cursor(caller.get(), PageEnd::text).orElse("");
        return tenants.with(caller.get(), connection -> connection
                        .preparedQuery("SELECT id, text FROM demo.greeting WHERE id > $1 ORDER BY id LIMIT $2")
                        .execute(Tuple.of(after, limit + 1)))
                .map(rows -> {
                    var found = new java.util.ArrayList<Stored>();
                    rows.forEach(row -> found.add(new Stored(row.getString(0), row.getString(1))));
                    return query.page(caller.get(), found, limit, last -> List.of(last.id()));
                });
    }

    @GET
    @Path("/asked")
    @RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN})
    public Uni<Asked> asked() {
        var organization = organizations.of(caller.get());
        var period = Period.of(query, organization, clock.instant());
        return filters.of(query, caller.get())
                .map(scope ->
                        new Asked(period.start(), period.end(), period.zone().getId(), scope));
    }

    @PATCH
    @Path("/{id}")
    @RolesAllowed(Role.Names.ORG_ADMIN)
    public Stored change(@RestPath String id, @HeaderParam("If-Match") String ifMatch) {
        Revision.require(ifMatch, 7);
        return new Stored(id, "changed");
    }

    @GET
    @Path("/open")
    @PermitAll
    public String open() {
        return "hello";
    }

    @GET
    @Path("/forgotten")
    public String forgotten() {
        return "no roles are named, so nobody gets in";
    }

    public record Unwritable(String text) {
        @Override
        public String text() {
            throw new IllegalStateException("a secret of the insides");
        }
    }

    @GET
    @Path("/unwritable")
    @PermitAll
    public Unwritable unwritable() {
        return new Unwritable("x");
    }

    @GET
    @Path("/broken")
    @PermitAll
    public String broken() {
        throw new IllegalStateException("a secret of the insides");
    }
}
