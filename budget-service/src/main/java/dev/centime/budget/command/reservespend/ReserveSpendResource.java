package dev.centime.budget.command.reservespend;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.budget.BudgetRefusal;
import dev.centime.budget.CallOf;
import dev.centime.budget.CallOf.Asked;
import dev.centime.budget.MadeReservations;
import dev.centime.budget.MadeReservations.Made;
import dev.centime.budget.RefusalAnswers;
import dev.centime.budget.Reservation;
import dev.centime.budget.accept.ReservationBody;
import dev.centime.budget.command.reservespend.Rounds.Outcome;
import dev.centime.kit.Caller;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Headers;
import dev.centime.kit.Organizations;
import dev.centime.kit.Problem;
import dev.centime.kit.Role;
import dev.centime.kit.Written;
import dev.centime.kit.idempotency.IdempotencyKey;
import dev.centime.kit.idempotency.Idempotent;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code POST /limits/reservations}. */
@Path("/api/v1/limits/reservations")
@Tag(name = "limits")
@RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN, Role.Names.INGEST})
public class ReserveSpendResource {
    private final CurrentCaller current;
    private final IdempotencyKey key;
    private final Organizations organizations;
    private final CallOf calls;
    private final ReserveSpendHandler handler;
    private final MadeReservations reservations;
    private final Clock clock;
    private final MeterRegistry metrics;

    ReserveSpendResource(
            CurrentCaller current,
            IdempotencyKey key,
            Organizations organizations,
            CallOf calls,
            ReserveSpendHandler handler,
            MadeReservations reservations,
            Clock clock,
            MeterRegistry metrics) {
        this.current = current;
        this.key = key;
        this.organizations = organizations;
        this.calls = calls;
        this.handler = handler;
        this.reservations = reservations;
        this.clock = clock;
        this.metrics = metrics;
    }

    @POST
    @Idempotent
    @Operation(
            operationId = "reserve",
            summary =
                    "Holds an estimated cost against every budget that covers a call, or says which does not allow it")
    @APIResponse(
            responseCode = "201",
            description = "Held until a usage record names it, it is released, or it expires",
            content = @Content(schema = @Schema(implementation = Reservation.class)))
    @APIResponse(
            responseCode = "200",
            description = "The same was asked for before: the first answer",
            content = @Content(schema = @Schema(implementation = Reservation.class)))
    @APIResponse(responseCode = "400", description = "The body is no JSON")
    @APIResponse(responseCode = "402", description = "A budget does not allow it, and which")
    @APIResponse(responseCode = "403", description = "A user's key reserved for somebody else")
    @APIResponse(responseCode = "422", description = "A field cannot be accepted")
    @APIResponse(responseCode = "429", description = "The organization holds as many reservations as one may")
    @APIResponse(responseCode = "503", description = "What was spent is not known well enough now")
    public Uni<RestResponse<Reservation>> reserve(
            @RequestBody(content = @Content(schema = @Schema(implementation = ReservationBody.Shape.class)))
                    JsonNode body) {
        var caller = current.get();
        organizations.of(caller);
        var asked = ReservationBody.read(body);
        return calls.toReserve(caller, asked.dimensions())
                .chain(call -> asked.id() == null
                        ? decide(caller, asked, call, key.id(caller, "reservation"))
                        : asBefore(caller, asked, call, asked.id()));
    }

    private Uni<RestResponse<Reservation>> asBefore(Caller caller, ReservationBody asked, Asked call, String id) {
        return reservations
                .find(caller.organization(), id)
                .chain(found -> found.isPresent()
                        ? Uni.createFrom().item(() -> again(found.get(), asked, call))
                        : decide(caller, asked, call, id));
    }

    private Uni<RestResponse<Reservation>> decide(Caller caller, ReservationBody asked, Asked call, String id) {
        var command = new ReserveSpend(
                id,
                asked.estimatedCost(),
                call.call(),
                asked.request(),
                caller.id(),
                clock.instant(),
                asked.ttl(),
                asked.id() != null || key.text().isPresent());
        return handler.handle(caller.organization(), command)
                .onFailure()
                .transform(failure -> problem(failure, call))
                .chain(outcome -> answer(caller, asked, call, id, outcome));
    }

    private Throwable problem(Throwable failure, Asked call) {
        if (failure instanceof BudgetRefusal.Refused refused) {
            count(outcome(refused.refusal()));
            if (refused.refusal() instanceof BudgetRefusal.Exceeded exceeded) {
                return RefusalAnswers.exceeded(exceeded, call);
            }
        }
        return RefusalAnswers.problem(failure);
    }

    private static String outcome(BudgetRefusal refusal) {
        return switch (refusal) {
            case BudgetRefusal.Exceeded _ -> "refused";
            case BudgetRefusal.Unsure _ -> "unsure";
            case BudgetRefusal.TooManyOpen _ -> "too_many";
            case BudgetRefusal.Unknown _,
                    BudgetRefusal.Stale _,
                    BudgetRefusal.AboveAdministrators _,
                    BudgetRefusal.NeverAsked _,
                    BudgetRefusal.DecidedBefore _,
                    BudgetRefusal.AskedBefore _ ->
                throw new IllegalArgumentException("no answer to a reservation: " + refusal);
        };
    }

    private Uni<RestResponse<Reservation>> answer(
            Caller caller, ReservationBody asked, Asked call, String id, Outcome outcome) {
        var made = outcome.made();
        var position = outcome.position();
        if (made == null || position == null) {
            return reservations.find(caller.organization(), id).map(found -> again(found.orElseThrow(), asked, call));
        }
        count("admitted");
        return Uni.createFrom()
                .item(RestResponse.ResponseBuilder.<Reservation>create(RestResponse.Status.CREATED)
                        .location(URI.create("/api/v1/limits/reservations/" + id))
                        .entity(Reservation.of(made, position, call))
                        .header(Headers.POSITION, position)
                        .build());
    }

    private RestResponse<Reservation> again(Made made, ReservationBody asked, Asked call) {
        count("repeated");
        // Bodies of two people may be alike: whom it is for is part of what was asked.
        if (!made.event().request().equals(asked.request())
                || !Objects.equals(
                        made.event().call().get("user"),
                        call.call().attribution().subject())) {
            throw Problem.unprocessable("id", "stands for another reservation");
        }
        return Written.recorded(Reservation.of(made.event(), made.position(), call), made.position());
    }

    private void count(String outcome) {
        metrics.counter("centime.limits.reservations", "outcome", outcome).increment();
    }
}
