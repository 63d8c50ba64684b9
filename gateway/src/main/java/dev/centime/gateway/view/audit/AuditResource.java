package dev.centime.gateway.view.audit;

import dev.centime.eventstore.log.EventLog;
import dev.centime.gateway.view.audit.SelectAudited.Audited;
import dev.centime.gateway.view.audit.SelectAudited.Wanted;
import dev.centime.kit.Caller;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Page;
import dev.centime.kit.PageEnd;
import dev.centime.kit.PeriodParameters;
import dev.centime.kit.Query;
import dev.centime.kit.Role;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What was done in an organization, newest first. Two logs are read side by side: its own, and the platform's for what concerns it. */
@Path("/api/v1/audit")
@Tag(name = "Audit")
@RolesAllowed({Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
public class AuditResource {
    /** No event has it. */
    private static final long NONE = -1;

    private final CurrentCaller current;
    private final Query query;
    private final AuditQuery asked;
    private final EventLog log;
    private final Tenants tenants;
    private final AuditNames names;

    AuditResource(
            CurrentCaller current, Query query, AuditQuery asked, EventLog log, Tenants tenants, AuditNames names) {
        this.current = current;
        this.query = query;
        this.asked = asked;
        this.log = log;
        this.tenants = tenants;
        this.names = names;
    }

    /** An event, and in which of the logs it was found. */
    record Found(AuditedLog log, int place, Audited audited) {}

    @GET
    @Operation(
            operationId = "audit",
            summary = "Who changed what, when and from where, newest first",
            description =
                    "From the log itself, so also of what was deleted since. Each entry says what became of the fields of the"
                            + " entity; persons are named as long as their names are known.")
    @Parameter(
            name = "entity",
            description =
                    "one thing, as kind/id: budget, user-limits, alert, key, organization, price, import, recommendation")
    @Parameter(name = "actor", description = "the id of a key")
    @Parameter(name = "type", description = "kinds of events such as budget-set; may be repeated")
    @Parameter(name = "limit")
    @Parameter(name = "cursor")
    public Uni<Page<AuditEntry>> audit(@BeanParam PeriodParameters parameters) {
        var caller = current.get();
        var organization = caller.oneOrganization();
        var limit = query.limit();
        var after = query.cursor(caller, Reached::of).orElse(Reached.NOTHING);
        return asked.read(caller, query, limit + 1)
                .chain(wanted -> log.partitionOf(organization)
                        .map(partition ->
                                List.of(AuditedLog.own(partition, organization), AuditedLog.platforms(organization)))
                        .chain(logs -> Uni.join()
                                .all(found(logs.getFirst(), 0, wanted, after), found(logs.getLast(), 1, wanted, after))
                                .andFailFast()))
                .chain(found -> page(caller, found, limit, after));
    }

    private Uni<List<Found>> found(AuditedLog from, int place, Wanted wanted, Reached after) {
        var before = after.offsets.get(place).orElse(null);
        return tenants.with(from.organization(), connection -> SelectAudited.execute(connection, from, wanted, before))
                .map(all -> all.stream()
                        .map(audited -> new Found(from, place, audited))
                        .toList());
    }

    private Uni<Page<AuditEntry>> page(Caller caller, List<List<Found>> found, int limit, Reached after) {
        var newest = found.stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing((Found one) -> one.audited().recordedAt())
                        .reversed()
                        .thenComparing(Found::place)
                        .thenComparing(one -> -one.audited().offset()))
                .toList();
        var shown = newest.size() > limit ? newest.subList(0, limit) : newest;
        var next =
                newest.size() > limit ? query.nextCursor(caller, after.by(shown).keys()) : null;
        return names.entries(caller, shown).map(entries -> new Page<>(entries, next));
    }

    /** How far each log was shown. @param offsets empty for a log of which nothing was */
    private record Reached(List<Optional<Long>> offsets) {
        static final Reached NOTHING = new Reached(List.of(Optional.empty(), Optional.empty()));

        static Reached of(PageEnd end) {
            return new Reached(List.of(offset(end), offset(end)));
        }

        private static Optional<Long> offset(PageEnd end) {
            var offset = end.number();
            return offset == NONE ? Optional.empty() : Optional.of(offset);
        }

        Reached by(List<Found> shown) {
            var reached = new ArrayList<>(offsets);
            shown.forEach(
                    one -> reached.set(one.place(), Optional.of(one.audited().offset())));
            return new Reached(reached);
        }

        List<String> keys() {
            return offsets.stream()
                    .map(offset -> String.valueOf(offset.orElse(NONE)))
                    .toList();
        }
    }
}
