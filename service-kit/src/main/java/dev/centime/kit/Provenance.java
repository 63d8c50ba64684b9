package dev.centime.kit;

import dev.centime.eventstore.log.Subjects;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What events say of who asked for them and from where: {@code actor}, {@code request}, {@code from}. An address may be a person's, and
 * the log forgets nothing: so {@code from} is an id, behind which address and program stand where names of persons do, and can be erased
 * there.
 */
@ApplicationScoped
public class Provenance {
    public static final String ACTOR = "actor";
    public static final String REQUEST = "request";
    public static final String FROM = "from";

    /** Before the address, so that no person's name is ever taken for one. */
    private static final String CLIENT = "client:";

    private final Subjects subjects;

    Provenance(Subjects subjects) {
        this.subjects = subjects;
    }

    /** Metadata for events stored under an organization, which may be another than the caller's. */
    public Uni<Map<String, String>> of(Caller caller, String organization) {
        var origin = caller.origin();
        Map<String, String> metadata = new HashMap<>();
        metadata.put(ACTOR, caller.id());
        if (origin.requestId() != null) {
            metadata.put(REQUEST, origin.requestId());
        }
        var client = Stream.of(origin.address(), origin.userAgent())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
        if (client.isEmpty()) {
            return Uni.createFrom().item(metadata);
        }
        return subjects.idsOf(organization, List.of(CLIENT + client)).map(ids -> {
            metadata.put(FROM, Objects.requireNonNull(ids.get(CLIENT + client)));
            return metadata;
        });
    }

    /** Address and program, out of the name that stands behind a {@code from}. */
    public static Origin origin(String name) {
        var client = name.startsWith(CLIENT) ? name.substring(CLIENT.length()) : name;
        var space = client.indexOf(' ');
        return space < 0
                ? new Origin(client, null, null)
                : new Origin(client.substring(0, space), client.substring(space + 1), null);
    }
}
