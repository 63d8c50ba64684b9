package dev.centime.ingest.exports.scheduled;

import dev.centime.eventstore.log.Subjects;
import dev.centime.ingest.exports.scheduled.ScheduledExport.Run;
import dev.centime.ingest.exports.scheduled.SelectSchedules.Standing;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Page;
import dev.centime.kit.PlaceInTime;
import dev.centime.kit.Query;
import dev.centime.kit.Role;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /exports}: exports that are taken again and again. */
@Path(ScheduledExportsResource.PATH)
@Tag(name = "Exports")
public class ScheduledExportsResource {
    static final String PATH = "/api/v1/exports";

    private final CurrentCaller current;
    private final Query query;
    private final SelectSchedules schedules;
    private final Subjects subjects;

    ScheduledExportsResource(CurrentCaller current, Query query, SelectSchedules schedules, Subjects subjects) {
        this.current = current;
        this.query = query;
        this.schedules = schedules;
        this.subjects = subjects;
    }

    @GET
    @RolesAllowed({Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(summary = "Scheduled exports, newest first")
    @Parameter(name = "limit", in = ParameterIn.QUERY, schema = @Schema(implementation = Integer.class))
    @Parameter(name = "cursor", in = ParameterIn.QUERY, schema = @Schema(implementation = String.class))
    @APIResponse(responseCode = "200", description = "A page of scheduled exports")
    public Uni<Page<ScheduledExport>> list() {
        var caller = current.get();
        var organization = caller.oneOrganization();
        var limit = query.limit();
        var before = query.cursor(caller, PlaceInTime::of).orElse(PlaceInTime.END);
        return schedules
                .page(organization, before, limit + 1)
                .map(found -> query.page(caller, found, limit, ScheduledExportsResource::place))
                .chain(page -> Multi.createFrom()
                        .iterable(page.items())
                        .onItem()
                        .transformToUniAndConcatenate(standing -> named(organization, standing, null))
                        .collect()
                        .asList()
                        .map(page::showing));
    }

    private static List<String> place(Standing standing) {
        return new PlaceInTime(standing.createdAt(), standing.scheduled().exportId()).keys();
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(summary = "A scheduled export, and what became of each time")
    @APIResponse(responseCode = "200", description = "As it stands, with its last hundred times")
    @APIResponse(responseCode = "404", description = "There is none, or it is another organization's")
    public Uni<ScheduledExport> get(String id) {
        var organization = current.get().oneOrganization();
        return schedules.standing(organization, id).chain(standing -> schedules
                .history(organization, id)
                .chain(history -> named(organization, standing, history)));
    }

    /** With the names of users in place of their ids; whoever was erased keeps his id. */
    private Uni<ScheduledExport> named(String organization, Standing standing, @Nullable List<Run> history) {
        var wanted = new LinkedHashMap<>(standing.scheduled().filters().filters());
        var users = wanted.getOrDefault("user", List.of());
        var names = users.isEmpty()
                ? Uni.createFrom().item(Map.<String, String>of())
                : subjects.namesOf(organization, users);
        return names.map(known -> {
            if (!users.isEmpty()) {
                wanted.put(
                        "user",
                        users.stream().map(id -> known.getOrDefault(id, id)).toList());
            }
            return ScheduledExport.of(standing.scheduled(), wanted, standing.createdAt(), standing.nextDue(), history);
        });
    }
}
