package dev.centime.gateway.door;

import dev.centime.contracts.Contracts;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.gateway.GatewaySettings;
import dev.centime.gateway.event.SessionClosed;
import dev.centime.gateway.event.SessionOpened;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.NewCookie;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Opens and closes sessions: facts that nothing contradicts, so they go to the log directly. */
@ApplicationScoped
public class Sessions {
    private final EventLog log;
    private final EventTypes types;
    private final Access access;
    private final GatewaySettings settings;
    private final Clock clock;

    Sessions(EventLog log, EventTypes types, Access access, GatewaySettings settings, Clock clock) {
        this.log = log;
        this.types = types;
        this.access = access;
        this.settings = settings;
        this.clock = clock;
    }

    /** A session that counts. */
    public record Opened(NewCookie cookie, String csrfToken) {}

    /** Completes when the session is good here. */
    public Uni<Opened> open(ApiKey key) {
        var secret = Secret.random();
        var hash = Secret.hash(secret);
        var lifetime = settings.sessionLifetime();
        var opened = new SessionOpened(hash, key.id(), clock.instant().plus(lifetime));
        return append("session-opened:" + hash, opened, key.id())
                .replaceWith(
                        new Opened(cookie(secret, Math.toIntExact(lifetime.toSeconds())), Session.csrfToken(secret)));
    }

    /** Completes when the session of a request opens nothing any more. @return the cookie that takes it from the browser */
    public Uni<NewCookie> close(RoutingContext context, String actor) {
        var gone = cookie("", 0);
        return Session.secret(context.request())
                .map(Secret::hash)
                .map(hash -> append("session-closed:" + hash, new SessionClosed(hash), actor)
                        .replaceWith(gone))
                .orElseGet(() -> Uni.createFrom().item(gone));
    }

    private Uni<Void> append(String id, Object event, String actor) {
        var fact = types.encode(id, clock.instant(), event, Map.of("actor", actor), Set.of());
        return log.append(Contracts.PLATFORM, List.of(fact)).chain(appended -> access.reached(appended.position()));
    }

    private NewCookie cookie(String value, int maxAgeSeconds) {
        return new NewCookie.Builder(Session.COOKIE)
                .value(value)
                .path("/")
                .maxAge(maxAgeSeconds)
                .httpOnly(true)
                .secure(settings.secureCookies())
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }
}
