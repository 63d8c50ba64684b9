package dev.centime.budget.view.userlimits;

import dev.centime.budget.CurrentUserLimits;
import dev.centime.budget.UserLimits;
import dev.centime.budget.UserLimitsAnswer;
import dev.centime.eventstore.log.Subjects;
import dev.centime.kit.CurrentCaller;
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

/** {@code GET /analytics/limits}. */
@Path("/api/v1/analytics/limits")
@Tag(name = "limits")
@RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
public class UserLimitsResource {
    private final CurrentCaller current;
    private final Query query;
    private final Subjects subjects;
    private final CurrentUserLimits limits;

    UserLimitsResource(CurrentCaller current, Query query, Subjects subjects, CurrentUserLimits limits) {
        this.current = current;
        this.query = query;
        this.subjects = subjects;
        this.limits = limits;
    }

    @GET
    @Operation(operationId = "userLimits", summary = "The limits of a person; null where there is none")
    @Parameter(name = "user", description = "by name; the caller himself unless said")
    public Uni<UserLimitsAnswer> limits() {
        var caller = current.get();
        var organization = caller.oneOrganization();
        var user = query.text("user").orElse(caller.user());
        if (user == null) {
            throw Problem.badRequest("user", "is required: this key is nobody's own");
        }
        if (caller.ownOnly() && !user.equals(caller.user())) {
            throw Problem.forbidden("a user's key reads its own limits only");
        }
        return subjects.knownIdsOf(organization, List.of(user)).chain(ids -> {
            var subject = ids.get(user);
            return subject == null
                    ? Uni.createFrom().item(UserLimitsAnswer.of(user, new UserLimits("")))
                    : limits.of(organization, subject).map(read -> UserLimitsAnswer.of(user, read.limits()));
        });
    }
}
