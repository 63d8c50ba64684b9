package dev.centime.ingest.pressure;

import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.projection.ViewLag;
import dev.centime.eventstore.projection.ViewLags;
import dev.centime.kit.Problem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Whether an organization's calls can be taken now. Looks at the views of all services four times a second, however much is recorded;
 * a request asks the memory only. When it cannot look, it refuses nobody.
 */
@ApplicationScoped
public class Pressure {
    private static final Logger LOG = Logger.getLogger(Pressure.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration LOOK_HOLDS = Duration.ofSeconds(2);
    private static final int LONGEST_RETRY_SECONDS = 10;

    private final EventLog log;
    private final ViewLags lags;
    private final LateViews views;
    private final Counter refused;
    private volatile Look last = new Look(Map.of(), 0, 0, System.nanoTime());
    private @Nullable Cancellable looking;

    Pressure(EventLog log, Pool pool, PressureSettings settings, MeterRegistry metrics) {
        this.log = log;
        this.lags = ViewLags.on(pool);
        this.views = new LateViews(settings);
        this.refused = Counter.builder("centime.usage.refused")
                .description("Requests to record that were refused since the views could not keep up")
                .register(metrics);
        Gauge.builder("centime.usage.lag.seconds", () -> last.worst)
                .description("How late the latest view of any service is")
                .register(metrics);
        Gauge.builder("centime.usage.views.still", () -> last.still)
                .description("Views that are late and stand still, for which recording is not refused")
                .register(metrics);
        Gauge.builder("centime.usage.partitions.refusing", () -> last.refusing.size())
                .description("Partitions for which recording is refused now")
                .register(metrics);
    }

    /**
     * @param refusing by partition, the seconds by which it is late
     * @param still views that stand still
     */
    private record Look(Map<Integer, Double> refusing, double worst, long still, long nanos) {}

    void look(@Observes StartupEvent event) {
        looking = Multi.createFrom()
                .ticks()
                .every(LOOK_EVERY)
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick -> lags.behind()
                        .ifNoItem()
                        .after(LOOK_HOLDS)
                        .fail()
                        .invoke(this::seen)
                        .onFailure()
                        .invoke(failure -> LOG.debugf("how late the views are cannot be seen now: %s", failure))
                        .onFailure()
                        .recoverWithNull())
                .subscribe()
                .with(done -> {});
    }

    void stop(@Observes ShutdownEvent event) {
        if (looking != null) {
            looking.cancel();
        }
    }

    private void seen(List<ViewLag> behind) {
        var nanos = System.nanoTime();
        var refusing = views.look(behind, nanos);
        var worst = behind.stream().mapToDouble(ViewLag::seconds).max().orElse(0);
        last = new Look(refusing, worst, views.still(), nanos);
    }

    /** @throws Problem (as a failure) 503 with Retry-After while the views of the organization's partition cannot keep up */
    public Uni<Void> heed(String organization) {
        if (refusing().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return log.partitionOf(organization).invoke(this::refuse).replaceWithVoid();
    }

    /** Completes when the organization's calls can be taken: for whoever records in the background and can wait. */
    public Uni<Void> eased(String organization) {
        return log.partitionOf(organization)
                .chain(partition -> refusing().containsKey(partition)
                        ? Uni.createFrom()
                                .voidItem()
                                .onItem()
                                .delayIt()
                                .by(LOOK_EVERY)
                                .chain(() -> eased(organization))
                        : Uni.createFrom().voidItem());
    }

    private void refuse(int partition) {
        var late = refusing().get(partition);
        if (late != null) {
            refused.increment();
            throw Problem.unavailable(
                    "more is recorded than can be added up at the moment; send it again in a while",
                    (int) Math.clamp(Math.ceil(late), 1, LONGEST_RETRY_SECONDS));
        }
    }

    /** A look that is old says nothing. */
    private Map<Integer, Double> refusing() {
        var look = last;
        return System.nanoTime() - look.nanos < LOOK_HOLDS.toNanos() ? look.refusing : Map.of();
    }
}
