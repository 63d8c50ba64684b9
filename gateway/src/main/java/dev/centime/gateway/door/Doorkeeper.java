package dev.centime.gateway.door;

import dev.centime.eventstore.log.Subjects;
import dev.centime.kit.Caller;
import dev.centime.kit.Headers;
import dev.centime.kit.Problem;
import dev.centime.kit.Role;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides whether a request comes in, as whom, and for which organization. */
@ApplicationScoped
public class Doorkeeper {
    /** The organization that a platform admin acts for when he names none. */
    public static final String DEFAULT_ORGANIZATION = "default";

    private static final String ADMITTED = Doorkeeper.class.getName();

    private final Access access;
    private final RateLimits limits;
    private final Subjects subjects;
    private final ForeignReads reads;
    private final Clock clock;

    Doorkeeper(Access access, RateLimits limits, Subjects subjects, ForeignReads reads, Clock clock) {
        this.access = access;
        this.limits = limits;
        this.subjects = subjects;
        this.reads = reads;
        this.clock = clock;
    }

    private record Shown(ApiKey key, @Nullable String csrfToken) {}

    /**
     * Who a request comes from; null without key and session. Counts the call, and records a platform admin's reading of another
     * organization.
     *
     * @throws Problem (as a failure) 401 for a key or session that opens nothing, 403, 404, 429, 503
     */
    public Uni<@Nullable Admitted> admit(RoutingContext context) {
        Admitted before = context.get(ADMITTED);
        if (before != null) {
            return Uni.createFrom().item(before);
        }
        var request = context.request();
        if (SentKey.of(request).isEmpty() && Session.secret(request).isEmpty()) {
            // Pages and probes are there for everybody, whatever the log does.
            return Uni.createFrom().nullItem();
        }
        return known(context).chain(index -> shown(index, request)
                .map(shown -> admit(context, index, shown))
                .orElseGet(Uni.createFrom()::nullItem));
    }

    private Uni<@Nullable Admitted> admit(RoutingContext context, AccessIndex index, Shown shown) {
        var key = shown.key();
        limits.count(key);
        var organization = organization(index, context.request(), key);
        return admitted(key, organization, shown.csrfToken())
                .call(admitted -> reads.record(key, organization, context.request()))
                .invoke(admitted -> context.put(ADMITTED, admitted));
    }

    /** On the event loop of the request, also for who had to wait. */
    private Uni<AccessIndex> known(RoutingContext context) {
        var loop = context.vertx().getOrCreateContext();
        return access.known().emitOn(task -> {
            if (Vertx.currentContext() == loop) {
                task.run();
            } else {
                loop.runOnContext(now -> task.run());
            }
        });
    }

    /** The key that somebody signs in with. @throws Problem (as a failure) 401 when it opens nothing, 429, 503 */
    public Uni<ApiKey> recognize(String secret, HttpServerRequest request) {
        return access.known().map(index -> {
            var key = index.byHash(Secret.hash(secret), clock.instant()).orElseThrow(() -> wrong(request));
            limits.count(key);
            return key;
        });
    }

    /** Who has a key, seen in the organization that he acts for when he names none. */
    public Uni<Admitted> admitted(ApiKey key, String csrfToken) {
        return admitted(key, ownOrganization(key), csrfToken);
    }

    private Uni<Admitted> admitted(ApiKey key, String organization, @Nullable String csrfToken) {
        return person(key)
                .map(user -> new Admitted(key, new Caller(key.id(), key.role(), organization, user), csrfToken));
    }

    private static String ownOrganization(ApiKey key) {
        return key.role() == Role.PLATFORM_ADMIN ? DEFAULT_ORGANIZATION : key.organization();
    }

    private Optional<Shown> shown(AccessIndex index, HttpServerRequest request) {
        var now = clock.instant();
        var sent = SentKey.of(request);
        if (sent.isPresent()) {
            return Optional.of(
                    new Shown(index.byHash(Secret.hash(sent.get()), now).orElseThrow(() -> wrong(request)), null));
        }
        return Session.secret(request).map(secret -> {
            var key = index.bySession(Secret.hash(secret), now).orElseThrow(() -> wrong(request));
            if (!Session.isOurs(request, secret)) {
                throw Problem.forbidden("a write by session needs the X-CSRF-Token that GET /api/v1/me tells");
            }
            return new Shown(key, Session.csrfToken(secret));
        });
    }

    private Problem wrong(HttpServerRequest request) {
        limits.countWrong(request.remoteAddress().hostAddress());
        return Problem.unauthenticated();
    }

    private String organization(AccessIndex index, HttpServerRequest request, ApiKey key) {
        var named = request.getHeader(Headers.ORGANIZATION);
        if (key.role() != Role.PLATFORM_ADMIN) {
            if (named != null && !named.equals(key.organization())) {
                throw Problem.forbidden("your key belongs to another organization than X-Organization names");
            }
        }
        if (named == null || key.role() != Role.PLATFORM_ADMIN) {
            return ownOrganization(key);
        }
        if (named.equals(Caller.ALL_ORGANIZATIONS)) {
            if (!ForeignReads.isRead(request)) {
                throw Problem.badRequest(Headers.ORGANIZATION, "must name one organization to write for, not *");
            }
            return named;
        }
        if (index.organization(named).isEmpty()) {
            throw Problem.notFound("organization " + named);
        }
        return named;
    }

    /** The name of the person whose key it is; a person who was erased comes in no more. */
    private Uni<@Nullable String> person(ApiKey key) {
        var subject = key.subject();
        if (subject == null) {
            return Uni.createFrom().nullItem();
        }
        return subjects.namesOf(key.organization(), List.of(subject)).map(names -> {
            var name = names.get(subject);
            if (name == null) {
                throw Problem.unauthenticated();
            }
            return name;
        });
    }
}
