package dev.centime.budget.command.setuserlimits;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.budget.RefusalAnswers;
import dev.centime.budget.UserLimits;
import dev.centime.budget.UserLimitsAnswer;
import dev.centime.budget.accept.UserLimitsBody;
import dev.centime.contracts.BudgetDefinition.Calendar;
import dev.centime.eventstore.log.Subjects;
import dev.centime.kit.Caller;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Organizations;
import dev.centime.kit.Problem;
import dev.centime.kit.Provenance;
import dev.centime.kit.Role;
import dev.centime.kit.Written;
import dev.centime.kit.idempotency.Idempotent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code PATCH /analytics/limits}. */
@Path("/api/v1/analytics/limits")
@Tag(name = "limits")
@RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
public class SetUserLimitsResource {
    private final CurrentCaller current;
    private final Organizations organizations;
    private final Subjects subjects;
    private final SetUserLimitsHandler handler;
    private final Provenance provenance;
    private final Clock clock;

    SetUserLimitsResource(
            CurrentCaller current,
            Organizations organizations,
            Subjects subjects,
            SetUserLimitsHandler handler,
            Provenance provenance,
            Clock clock) {
        this.current = current;
        this.organizations = organizations;
        this.subjects = subjects;
        this.handler = handler;
        this.provenance = provenance;
        this.clock = clock;
    }

    @PATCH
    @Idempotent
    @Operation(
            operationId = "setUserLimits",
            summary = "Sets limits of a person for each day, week, month and session; his own where none is named")
    public Uni<RestResponse<UserLimitsAnswer>> set(
            @RequestBody(content = @Content(schema = @Schema(implementation = UserLimitsAnswer.class))) JsonNode body) {
        var caller = current.get();
        var calendar = Calendar.of(organizations.of(caller));
        var asked = UserLimitsBody.read(body, UserLimits.PERIODS);
        var user = userOf(caller, asked);
        var command = new SetUserLimits(
                asked.limits(),
                asked.emailAlerts(),
                caller.ownOnly(),
                caller.id(),
                calendar,
                LocalDate.now(clock.withZone(calendar.timeZone())),
                clock.instant());
        return subjects.idsOf(caller.organization(), List.of(user))
                .chain(ids -> provenance
                        .of(caller, caller.organization())
                        .chain(metadata -> handler.handle(
                                caller.organization(), Objects.requireNonNull(ids.get(user)), command, metadata)))
                .onFailure()
                .transform(RefusalAnswers::problem)
                .map(done -> Written.recorded(UserLimitsAnswer.of(user, done.limits()), done.position()));
    }

    private static String userOf(Caller caller, UserLimitsBody asked) {
        var user = asked.user() == null ? caller.user() : asked.user();
        if (user == null) {
            throw Problem.unprocessable("user", "is required: this key is nobody's own");
        }
        if (caller.ownOnly() && !user.equals(caller.user())) {
            throw Problem.forbidden("a user's key sets its own limits only");
        }
        return user;
    }
}
