package dev.centime.budget.view.alerts;

import dev.centime.budget.OwnSubject;
import dev.centime.budget.Tenancy;
import dev.centime.budget.view.alerts.SelectAlerts.Wanted;
import dev.centime.eventstore.log.Subjects;
import dev.centime.kit.Caller;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Individuals;
import dev.centime.kit.Organizations;
import dev.centime.kit.Page;
import dev.centime.kit.PlaceInTime;
import dev.centime.kit.Query;
import dev.centime.kit.Role;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code GET /alerts}, newest first. A user sees those that concern him. */
@Path("/api/v1/alerts")
@Tag(name = "alerts")
@RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
public class AlertsResource {
    private final CurrentCaller current;
    private final Query query;
    private final Tenancy.Reads reads;
    private final OwnSubject own;
    private final Subjects subjects;
    private final Organizations organizations;

    AlertsResource(
            CurrentCaller current,
            Query query,
            Tenancy.Reads reads,
            OwnSubject own,
            Subjects subjects,
            Organizations organizations) {
        this.current = current;
        this.query = query;
        this.reads = reads;
        this.own = own;
        this.subjects = subjects;
        this.organizations = organizations;
    }

    @GET
    @Operation(operationId = "listAlerts", summary = "Alerts of any cause, newest first")
    @Parameter(name = "severity", description = "info, warning or critical")
    @Parameter(name = "kind", description = "such as budget-threshold")
    @Parameter(name = "budget_id")
    @Parameter(name = "acknowledged", description = "only those that are, or are not")
    @Parameter(name = "limit")
    @Parameter(name = "cursor")
    public Uni<Page<Alert>> list() {
        var caller = current.get();
        var asked = asked(caller);
        return own.of(caller)
                .map(subject -> new Wanted(
                        subject,
                        personsHidden(caller),
                        asked.severity(),
                        asked.kind(),
                        asked.entity(),
                        asked.acknowledged(),
                        asked.beforeRaisedAt(),
                        asked.beforeId(),
                        asked.limit() + 1))
                .chain(wanted ->
                        reads.as(caller, (connection, tenancy) -> SelectAlerts.execute(connection, tenancy, wanted)))
                .chain(rows -> page(caller, rows, asked.limit()));
    }

    private boolean personsHidden(Caller caller) {
        return !caller.allOrganizations() && Individuals.hidden(caller, organizations.of(caller));
    }

    private Wanted asked(Caller caller) {
        var after = query.cursor(caller, PlaceInTime::of);
        return new Wanted(
                null,
                false,
                query.word("severity", List.of("info", "warning", "critical")),
                query.text("kind").orElse(null),
                query.text("budget_id").map("budget/"::concat).orElse(null),
                query.text("acknowledged").isPresent() ? query.flag("acknowledged", true) : null,
                after.map(PlaceInTime::at).orElse(null),
                after.map(PlaceInTime::id).orElse(null),
                query.limit());
    }

    private Uni<Page<Alert>> page(Caller caller, List<AlertRow> rows, int limit) {
        var page = query.page(caller, rows, limit, AlertsResource::place);
        return names(page.items()).map(names -> page.map(row -> Alert.of(row, name(row, names))));
    }

    private static List<String> place(AlertRow row) {
        return new PlaceInTime(row.raised().raisedAt(), row.raised().alertId()).keys();
    }

    /** By id: ids are unique over organizations, names are known in their own alone. */
    private Uni<Map<String, String>> names(List<AlertRow> rows) {
        var ids = new HashMap<String, Set<String>>();
        for (var row : rows) {
            var subject = row.raised().subject();
            if (subject != null) {
                ids.computeIfAbsent(row.organization(), any -> new HashSet<>()).add(subject);
            }
        }
        Map<String, String> names = new HashMap<>();
        var done = Uni.createFrom().voidItem();
        for (var own : ids.entrySet()) {
            done = done.chain(() -> subjects.namesOf(own.getKey(), own.getValue()))
                    .invoke(names::putAll)
                    .replaceWithVoid();
        }
        return done.replaceWith(names);
    }

    /** An erased person stays an id. */
    private static @Nullable String name(AlertRow row, Map<String, String> names) {
        var subject = row.raised().subject();
        return subject == null ? null : names.getOrDefault(subject, subject);
    }
}
