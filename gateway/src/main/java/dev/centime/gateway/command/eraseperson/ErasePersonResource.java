package dev.centime.gateway.command.eraseperson;

import dev.centime.contracts.PersonErased;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.log.Subjects;
import dev.centime.kit.Caller;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Problem;
import dev.centime.kit.Provenance;
import dev.centime.kit.Role;
import dev.centime.kit.Written;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * {@code POST /admin/users/{id}/erase}: a person, by name, is known no more in one organization. What was spent stays, under an id that nobody
 * can put a name to. The log is told first, so that services forget what they know, also when this breaks off: it is asked for again then.
 */
@Path("/api/v1/admin/users")
public class ErasePersonResource {
    /** Before an address of mail, where a budget or alerts name it as a contact. */
    private static final String MAIL = "mailto:";

    /** Of an address of mail: RFC 3696, erratum 1690. A longer name is none, and has no room for more before it. */
    private static final int LONGEST_ADDRESS = 320;

    private final CurrentCaller current;
    private final Subjects subjects;
    private final Provenance provenance;
    private final EventLog log;
    private final EventTypes types;
    private final Clock clock;

    ErasePersonResource(
            CurrentCaller current,
            Subjects subjects,
            Provenance provenance,
            EventLog log,
            EventTypes types,
            Clock clock) {
        this.current = current;
        this.subjects = subjects;
        this.provenance = provenance;
        this.log = log;
        this.types = types;
        this.clock = clock;
    }

    @POST
    @Path("/{id}/erase")
    @RolesAllowed(Role.Names.PLATFORM_ADMIN)
    public Uni<RestResponse<Void>> erase(@RestPath String id) {
        var caller = current.get();
        var organization = caller.oneOrganization();
        return subjects.knownIdsOf(organization, names(id)).chain(known -> {
            if (known.isEmpty()) {
                throw Problem.notFound("user " + id);
            }
            return told(caller, organization, known)
                    .call(position -> forgotten(organization, known.keySet()))
                    .map(Written::deleted);
        });
    }

    private static List<String> names(String id) {
        return id.length() > LONGEST_ADDRESS ? List.of(id) : List.of(id, MAIL + id);
    }

    private Uni<Position> told(Caller caller, String organization, Map<String, String> known) {
        var now = clock.instant();
        var erased = new PersonErased(known.values().stream().sorted().toList(), now);
        return provenance
                .of(caller, organization)
                .map(from -> types.encode(UUID.randomUUID().toString(), now, erased, from, Set.of()))
                .chain(event -> log.append(organization, List.of(event)))
                .map(appended -> appended.position());
    }

    private Uni<Void> forgotten(String organization, Set<String> names) {
        return Multi.createFrom()
                .iterable(names)
                .onItem()
                .transformToUniAndConcatenate(name -> subjects.erase(organization, name))
                .collect()
                .last()
                .replaceWithVoid();
    }
}
