package dev.centime.budget.view.budgets;

import dev.centime.budget.UserLimits;
import dev.centime.eventstore.log.Subjects;
import dev.centime.kit.Caller;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Individuals;
import dev.centime.kit.Organizations;
import dev.centime.kit.Problem;
import dev.centime.kit.Role;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * How much of their limits people have used, for the gateway, which shows it beside what they spent. A read by POST: names may be
 * longer together than a URL.
 */
@Path("/api/v1/analytics/limits/used")
@Tag(name = "limits")
@RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
public class UsedLimitsResource {
    /** As many as a page of people has. */
    private static final int MOST = 1000;

    private final CurrentCaller current;
    private final Organizations organizations;
    private final Subjects subjects;
    private final BudgetsById budgets;
    private final Clock clock;

    UsedLimitsResource(
            CurrentCaller current, Organizations organizations, Subjects subjects, BudgetsById budgets, Clock clock) {
        this.current = current;
        this.organizations = organizations;
        this.subjects = subjects;
        this.budgets = budgets;
        this.clock = clock;
    }

    /** @param users by name */
    public record Persons(@Nullable List<String> users) {}

    /** @param items in the order asked for */
    public record Answer(List<UsedLimits> items) {}

    @POST
    @Operation(operationId = "usedLimits", summary = "How much of their limits people have used")
    public Uni<Answer> used(@Nullable Persons asked) {
        var caller = current.get();
        Individuals.check(caller, organizations.of(caller));
        var users = users(caller, asked);
        return subjects.knownIdsOf(caller.organization(), users)
                .chain(ids -> budgets.of(caller, budgetIds(ids), clock.instant())
                        .map(stood -> new Answer(users.stream()
                                .map(user -> UsedLimits.of(user, ids.get(user), stood))
                                .toList())));
    }

    private static List<String> users(Caller caller, @Nullable Persons asked) {
        var users = asked == null || asked.users() == null ? List.<String>of() : asked.users();
        if (users.isEmpty() || users.size() > MOST || users.contains(null)) {
            throw Problem.unprocessable("users", "must be one to " + MOST + " names");
        }
        if (caller.ownOnly() && !users.stream().allMatch(user -> user.equals(caller.user()))) {
            throw Problem.forbidden("a user's key reads its own limits only");
        }
        return users;
    }

    private static Set<String> budgetIds(Map<String, String> ids) {
        var budgetIds = new LinkedHashSet<String>();
        for (var subject : ids.values()) {
            UserLimits.PERIODS.forEach(period -> budgetIds.add(UserLimits.budgetId(subject, period)));
        }
        return budgetIds;
    }
}
