package dev.centime.eventstore.projection;

import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.log.WakeUps;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Runs the projections, reactions and timers of one service: beats, a poll for the log, and a loop for every partition led. */
public final class ProjectionRunner implements Projections {
    private static final Logger LOG = Logger.getLogger(ProjectionRunner.class);
    private static final Duration END_OF_LOOK = Duration.ofSeconds(3);

    private final RunnerParts parts;
    private final RebuildTurns rebuilds;
    private final TimerRows timerRows;
    private final Set<String> timers;
    private final WakeUps wakeUps;
    private final Leadership leadership;
    private final Heads heads;
    private final StatusReport report;
    private final Beats beats;
    private WakeUps.@Nullable Listening listening;

    ProjectionRunner(RunnerBuilder builder) {
        var schema = builder.schema();
        var metrics = new RunnerMetrics(builder.metrics());
        var positions = new PositionRows(schema);
        var parkedRows = new ParkedRows(schema);
        var pool = builder.pool();
        this.timerRows = new TimerRows(schema);
        this.timers = builder.timers().keySet();
        var transaction = new PageTransaction(
                pool, positions, timerRows, schema, builder.settings().pageTransactions());
        this.parts = new RunnerParts(
                builder.log(),
                builder.types(),
                pool,
                builder.settings(),
                builder.follows(),
                positions,
                parkedRows,
                new Folding(transaction, parkedRows, metrics, builder.settings()),
                new TimerFiring(pool, timerRows, builder.timers(), metrics),
                new PositionWatch(pool, positions),
                metrics,
                new DatabaseClock(),
                new Turns(builder.settings().pageTransactions()),
                this::liveIsLate,
                this::beatSoon);
        this.wakeUps = builder.wakeUps();
        var leases = new LeaseRows(schema);
        this.leadership = new Leadership(leases, parts);
        this.heads = new Heads(parts.log(), builder.settings().poll(), metrics, this::polled, parts.watch()::forget);
        this.rebuilds = new RebuildTurns(parts, new RebuildRows(schema), leadership);
        this.beats = new Beats(parts, leases, leadership, rebuilds, heads);
        this.report = new StatusReport(parts, new RebuildRows(schema));
        registerGauges();
    }

    public static RunnerBuilder builder() {
        return new RunnerBuilder();
    }

    @Override
    public Set<String> names() {
        return projections().keySet();
    }

    @Override
    public Uni<Void> start() {
        if (parts.follows().isEmpty() && timers.isEmpty()) {
            // Leases that lead nothing would be taken and given back for ever, each time with a durable commit.
            return Uni.createFrom().voidItem();
        }
        return onThread("projections-start", () -> {
            beats.prepare();
            parts.watch().start();
            listening = wakeUps.listen(partition -> {
                parts.metrics().woken();
                leadership.wake(partition);
            });
            beats.start();
            heads.start();
            return null;
        });
    }

    private void polled(Map<Integer, Long> known) {
        for (var loop : leadership.loops()) {
            loop.headIs(known.getOrDefault(loop.lease().partition(), 0L));
        }
        if (!timers.isEmpty()) {
            var led = leadership.loops().stream()
                    .map(loop -> loop.lease().partition())
                    .toList();
            var due = Set.copyOf(Blocking.await(timerRows.duePartitions(parts.pool(), led, timers)));
            leadership.loops().stream()
                    .filter(loop -> due.contains(loop.lease().partition()))
                    .forEach(PartitionLoop::timersDue);
        }
    }

    @Override
    public Uni<Void> stop() {
        return Uni.createFrom().deferred(() -> {
            heads.stop();
            parts.watch().stop();
            var listener = listening;
            if (listener != null) {
                listener.close();
            }
            return Uni.createFrom()
                    .completionStage(beats.stop())
                    .chain(() -> onThread("projections-stop", () -> {
                        awaitLooks();
                        return null;
                    }));
        });
    }

    /** Nobody asks the pool any more when this returns: it may be closed. */
    private void awaitLooks() {
        if (!heads.awaitEnd(END_OF_LOOK) || !parts.watch().awaitEnd(END_OF_LOOK)) {
            LOG.warn("the runner still looks at the log");
        }
    }

    @Override
    public Uni<List<ProjectionStatus>> status() {
        return onThread("projections-status", report::read);
    }

    @Override
    public Uni<Boolean> await(String projection, Position position, Duration deadline) {
        return parts.log()
                .timeline()
                .chain(now -> now != position.timeline()
                        ? Uni.createFrom().item(false)
                        : parts.watch().await(projection, position, deadline));
    }

    @Override
    public Uni<Optional<Instant>> staleSince(String projection, String organization) {
        return parts.parkedRows().staleSince(parts.pool(), projection, organization);
    }

    @Override
    public Uni<String> rebuild(String projection) {
        var found = projections().get(projection);
        if (found == null) {
            return Uni.createFrom().failure(new IllegalArgumentException("there is no projection " + projection));
        }
        return onThread(
                        "projections-rebuild",
                        () -> rebuilds.begin(UUID.randomUUID().toString(), found))
                .invoke(beats::now);
    }

    @Override
    public Uni<List<ProjectionStatus.Rebuild>> rebuilds() {
        return report.rebuilds();
    }

    @Override
    public Uni<Boolean> retry(String projection, String parkedId) {
        return parts.parkedRows()
                .want(parts.pool(), projection, parkedId, "retry")
                .invoke(beats::now);
    }

    @Override
    public Uni<Boolean> skip(String projection, String parkedId) {
        return parts.parkedRows()
                .want(parts.pool(), projection, parkedId, "skip")
                .invoke(beats::now);
    }

    private Map<String, Projection> projections() {
        var found = new LinkedHashMap<String, Projection>();
        parts.follows().values().forEach(follows -> {
            if (follows instanceof Follows.Folds folds) {
                found.put(folds.name(), folds.projection());
            }
        });
        return found;
    }

    private void beatSoon() {
        beats.soon();
    }

    private boolean liveIsLate() {
        var late = parts.settings().yieldAbove().toMillis() / 1000.0;
        return parts.follows().keySet().stream().anyMatch(name -> lag().seconds(name) > late);
    }

    private LocalLag lag() {
        return new LocalLag(leadership.loops(), heads.known(), parts.clock());
    }

    private void registerGauges() {
        parts.metrics().leads(() -> leadership.loops().size());
        for (var name : parts.follows().keySet()) {
            parts.metrics().lag(name, () -> lag().events(name), () -> lag().seconds(name));
        }
    }

    private static <T> Uni<T> onThread(String name, Supplier<T> work) {
        return Uni.createFrom().emitter(emitter -> Thread.ofVirtual().name(name).start(() -> {
            try {
                emitter.complete(work.get());
            } catch (RuntimeException | Error e) {
                emitter.fail(e);
            }
        }));
    }
}
