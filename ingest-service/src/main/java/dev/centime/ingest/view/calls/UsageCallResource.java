package dev.centime.ingest.view.calls;

import dev.centime.contracts.UsageRecorded;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.Subjects;
import dev.centime.ingest.RecordIds;
import dev.centime.kit.Caller;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Organizations;
import dev.centime.kit.Problem;
import dev.centime.kit.Role;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /usage/{id}}: from the log, by id. */
@Path("/api/v1/usage/{id}")
@Tag(name = "Usage")
public class UsageCallResource {
    /** The input formats that there are; each is part of the identity of its records. */
    private static final List<String> SOURCES = List.of("api");

    private final CurrentCaller current;
    private final Organizations organizations;
    private final EventLog log;
    private final EventTypes types;
    private final Subjects subjects;
    private final CurrentCosts costs;

    UsageCallResource(
            CurrentCaller current,
            Organizations organizations,
            EventLog log,
            EventTypes types,
            Subjects subjects,
            CurrentCosts costs) {
        this.current = current;
        this.organizations = organizations;
        this.log = log;
        this.types = types;
        this.subjects = subjects;
        this.costs = costs;
    }

    @GET
    @RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(summary = "A call with its cost lines", description = "As last corrected.")
    @APIResponse(responseCode = "200", description = "The call")
    @APIResponse(responseCode = "403", description = "The organization does not show what individuals did")
    @APIResponse(responseCode = "404", description = "No such call, or somebody else's")
    public Uni<UsageCall> get(String id) {
        var caller = current.get();
        var organization = organizations.of(caller);
        if (caller.role() == Role.ORG_ADMIN && !organization.individualDetail()) {
            throw Problem.forbidden("this organization does not show what individuals did");
        }
        var ids = SOURCES.stream()
                .map(source -> RecordIds.event(organization.id(), source, id))
                .toList();
        return log.find(organization.id(), ids)
                .map(found -> found.values().stream().findFirst().orElseThrow(() -> Problem.notFound("call " + id)))
                .chain(stored -> call(caller, organization.id(), id, stored.id(), (UsageRecorded)
                        types.decode(stored).orElseThrow()));
    }

    private Uni<UsageCall> call(Caller caller, String organization, String id, String eventId, UsageRecorded usage) {
        var subject = usage.attribution().subject();
        Uni<Map<String, String>> names =
                subject == null ? Uni.createFrom().item(Map.of()) : subjects.namesOf(organization, List.of(subject));
        return names.chain(known -> {
            var name = subject == null ? null : known.get(subject);
            if (caller.ownOnly() && (name == null || !name.equals(caller.user()))) {
                throw Problem.notFound("call " + id);
            }
            return costs.of(organization, List.of(eventId))
                    .map(corrected -> UsageCall.of(
                            usage,
                            name == null ? subject : name,
                            corrected.byEvent().getOrDefault(eventId, usage.cost())));
        });
    }
}
