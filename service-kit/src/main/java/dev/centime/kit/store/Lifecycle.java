package dev.centime.kit.store;

import dev.centime.eventstore.projection.Projections;
import dev.centime.kit.Begins;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** In which order a service begins and ends. */
@ApplicationScoped
public class Lifecycle {
    private static final Logger LOG = Logger.getLogger(Lifecycle.class);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(8);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final SchemaVersions schema;
    private final FollowedOrganizations organizations;
    private final Projections projections;
    private final Instance<Begins> others;
    private final Begun begun;
    private @Nullable Cancellable beginning;

    Lifecycle(
            SchemaVersions schema,
            FollowedOrganizations organizations,
            Projections projections,
            Instance<Begins> others,
            Begun begun) {
        this.schema = schema;
        this.organizations = organizations;
        this.projections = projections;
        this.others = others;
        this.begun = begun;
    }

    void begin(@Observes StartupEvent event) {
        beginning = schema.reached()
                .chain(organizations::follow)
                .chain(() -> untilItBegins(projections::start))
                .chain(this::beginOthers)
                .subscribe()
                .with(
                        done -> {
                            begun.now();
                            LOG.info("ready");
                        },
                        failure -> LOG.error("the service cannot begin", failure));
    }

    private Uni<Void> beginOthers() {
        var all = Uni.createFrom().voidItem();
        for (var one : others) {
            all = all.chain(() -> untilItBegins(one::begin));
        }
        return all;
    }

    /** A database that is away for a moment must not leave a service that lives and never begins. */
    static Uni<Void> untilItBegins(Supplier<Uni<Void>> part) {
        return Uni.createFrom()
                .deferred(part::get)
                .onFailure()
                .invoke(failure -> LOG.error("the service cannot begin now", failure))
                .onFailure()
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely();
    }

    void end(@Observes ShutdownEvent event) {
        if (beginning != null) {
            beginning.cancel();
        }
        others.forEach(Begins::end);
        organizations.stop();
        projections
                .stop()
                .onFailure()
                .invoke(failure -> LOG.warn("not stopped cleanly", failure))
                .onFailure()
                .recoverWithNull()
                .await()
                .atMost(STOP_DEADLINE);
    }
}
