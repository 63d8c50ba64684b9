package dev.centime.gateway.door;

import dev.centime.contracts.Contracts;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.gateway.event.OrganizationRead;
import dev.centime.kit.Caller;
import dev.centime.kit.Headers;
import dev.centime.kit.Origin;
import dev.centime.kit.Provenance;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Records that a platform admin reads another organization than his own, once a quarter of an hour. */
@ApplicationScoped
public class ForeignReads {
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final int REMEMBERED = 10_000;
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final EventLog log;
    private final EventTypes types;
    private final Provenance provenance;
    private final Clock clock;
    private final Map<String, Boolean> recorded = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });

    ForeignReads(EventLog log, EventTypes types, Provenance provenance, Clock clock) {
        this.log = log;
        this.types = types;
        this.provenance = provenance;
        this.clock = clock;
    }

    private static Caller reader(ApiKey key, String organization, HttpServerRequest request) {
        var origin = new Origin(
                request.remoteAddress().hostAddress(),
                request.getHeader(HttpHeaders.USER_AGENT),
                request.getHeader(Headers.REQUEST_ID));
        return new Caller(key.id(), key.role(), organization, null, origin);
    }

    static boolean isRead(HttpServerRequest request) {
        return READING.contains(request.method().name());
    }

    /** Completes when it is recorded: what cannot be recorded is not shown. */
    Uni<Void> record(ApiKey key, String organization, HttpServerRequest request) {
        if (organization.equals(key.organization()) || !isRead(request)) {
            return Uni.createFrom().voidItem();
        }
        var now = clock.instant();
        var from = Instant.ofEpochSecond(now.getEpochSecond() - now.getEpochSecond() % WINDOW.toSeconds());
        // The id follows from the window, so that replicas record it once between them.
        var id = "organization-read:" + key.id() + ":" + organization + ":" + from.getEpochSecond();
        if (recorded.containsKey(id)) {
            return Uni.createFrom().voidItem();
        }
        var where = organization.equals(Caller.ALL_ORGANIZATIONS) ? Contracts.PLATFORM : organization;
        var read = new OrganizationRead(key.id(), organization, from);
        return provenance
                .of(reader(key, organization, request), where)
                .chain(metadata -> log.append(where, List.of(types.encode(id, now, read, metadata, Set.of()))))
                .invoke(() -> recorded.put(id, true))
                .replaceWithVoid();
    }
}
