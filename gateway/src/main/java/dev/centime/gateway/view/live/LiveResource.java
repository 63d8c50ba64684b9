package dev.centime.gateway.view.live;

import dev.centime.contracts.AlertRaised;
import dev.centime.contracts.ImportProgressed;
import dev.centime.gateway.door.Access;
import dev.centime.gateway.door.Admitted;
import dev.centime.gateway.door.DoorAuthentication;
import dev.centime.kit.Caller;
import dev.centime.kit.Individuals;
import dev.centime.kit.Organizations;
import dev.centime.kit.Role;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Tells a caller what happens for him, at most once a second, until he leaves or his key opens nothing any more. */
@Path("/api/v1/live")
@Tag(name = "Dashboard")
public class LiveResource {
    private static final Duration TICK = Duration.ofSeconds(1);

    /** A proxy in between closes what is silent for long. */
    private static final long HEARTBEAT_TICKS = 15;

    private final SecurityIdentity identity;
    private final LiveEvents events;
    private final Access access;
    private final Organizations organizations;
    private final Clock clock;

    LiveResource(
            SecurityIdentity identity, LiveEvents events, Access access, Organizations organizations, Clock clock) {
        this.identity = identity;
        this.events = events;
        this.access = access;
        this.organizations = organizations;
        this.clock = clock;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(
            summary = "What happens, while it happens",
            description =
                    "Server-sent events: `spend` (what was recorded since the one before, at most one a second), `alert`, and"
                            + " `import` (how an import stands, to administrators). Ends"
                            + " when the session or key does.")
    public Multi<OutboundSseEvent> live(@Context Sse sse) {
        Admitted admitted = identity.getAttribute(DoorAuthentication.ADMITTED);
        var caller = admitted.caller();
        var watcher = new Watcher(admitted.key(), caller.organization(), () -> individualsHidden(caller));
        var following = events.add(watcher);
        var told = Multi.createFrom()
                .ticks()
                .every(TICK)
                // Who reads slowly misses ticks, not figures: they are gathered until the next.
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick -> access.stillLetsIn(watcher.key())
                        .map(stays -> stays
                                ? Optional.of(news(sse, watcher, tick))
                                : Optional.<List<OutboundSseEvent>>empty()))
                .select()
                .first(Optional::isPresent)
                .onItem()
                .transformToIterable(Optional::orElseThrow);
        var begun = sse.newEventBuilder().comment("live").build();
        return Multi.createBy()
                .concatenating()
                .streams(following.replaceWith(begun).toMulti(), told)
                .onTermination()
                .invoke(() -> events.remove(watcher));
    }

    private boolean individualsHidden(Caller caller) {
        return organizations
                .find(caller.organization())
                .filter(organization -> Individuals.hidden(caller, organization))
                .isPresent();
    }

    private List<OutboundSseEvent> news(Sse sse, Watcher watcher, long tick) {
        var news = new ArrayList<OutboundSseEvent>();
        watcher.takeSpend(clock.instant()).ifPresent(spend -> news.add(event(sse, "spend", SpendTick.class, spend)));
        for (var alert : watcher.takeAlerts()) {
            news.add(event(sse, "alert", AlertRaised.class, alert));
        }
        for (var progress : watcher.takeImports()) {
            news.add(event(sse, "import", ImportProgressed.class, progress));
        }
        if (news.isEmpty() && tick % HEARTBEAT_TICKS == 0) {
            news.add(sse.newEventBuilder().comment("").build());
        }
        return news;
    }

    private static <T> OutboundSseEvent event(Sse sse, String name, Class<T> type, T data) {
        return sse.newEventBuilder()
                .name(name)
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(type, data)
                .build();
    }
}
