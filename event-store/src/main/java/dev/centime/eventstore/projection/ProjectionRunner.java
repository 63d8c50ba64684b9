package dev.centime.eventstore.projection;

import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.log.WakeUps;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs the projections, reactions and timers of one service: a beat for the leases, a poll for the log, and a loop for every
 * partition led.
 */
public final class ProjectionRunner implements Projections {
    private static final Logger LOG = Logger.getLogger(ProjectionRunner.class);

    private final RunnerParts parts;
    private final LeaseRows leases;
    private final RebuildTurns rebuilds;
    private final TimerRows timerRows;
    private final Set<String> timers;
    private final WakeUps wakeUps;
    private final Leadership leadership;
    private final Heads heads;
    private final StatusReport report;
    private final Semaphore beatNow = new Semaphore(0);
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean started;
    private volatile boolean stopping;
    private volatile long beatAtNanos = System.nanoTime();
    private Set<Integer> prepared = Set.of();
    private WakeUps.@Nullable Listening listening;
    private @Nullable Long timeline;

    ProjectionRunner(Builder builder) {
        var schema = builder.schema();
        var metrics = new RunnerMetrics(builder.metrics);
        var positions = new PositionRows(schema);
        var parkedRows = new ParkedRows(schema);
        var pool = builder.pool();
        this.timerRows = new TimerRows(schema);
        this.timers = Set.copyOf(builder.timers.keySet());
        var transaction = new PageTransaction(pool, positions, timerRows, schema, builder.settings.pageTransactions());
        this.parts = new RunnerParts(
                builder.log(),
                builder.types(),
                pool,
                builder.settings,
                Map.copyOf(builder.follows()),
                positions,
                parkedRows,
                new Folding(transaction, parkedRows, metrics, builder.settings),
                new TimerFiring(pool, timerRows, Map.copyOf(builder.timers), metrics),
                new PositionWatch(pool, positions),
                metrics,
                new DatabaseClock(),
                new Turns(builder.settings.pageTransactions()),
                this::liveIsLate,
                this::beatSoon);
        this.leases = new LeaseRows(schema);
        this.wakeUps = builder.wakeUps;
        this.leadership = new Leadership(leases, parts);
        this.heads = new Heads(parts.log(), builder.settings.poll(), metrics, this::polled);
        this.rebuilds = new RebuildTurns(parts, new RebuildRows(schema), leadership);
        this.report = new StatusReport(parts, new RebuildRows(schema));
        registerGauges();
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Set<String> names() {
        return projections().keySet();
    }

    @Override
    public Uni<Void> start() {
        return onThread("projections-start", () -> {
            prepare();
            started = true;
            parts.watch().start();
            listening = wakeUps.listen(partition -> {
                parts.metrics().woken();
                leadership.wake(partition);
            });
            Thread.ofVirtual().name("projections-beat").start(this::beat);
            heads.start();
            return null;
        });
    }

    /** Rows for every partition and everything that follows the log; those that are there stay. */
    private void prepare() {
        timeline = Blocking.await(parts.log().timeline());
        var known = new TreeMap<>(Blocking.await(parts.log().heads()));
        Blocking.await(parts.log().partitions()).forEach(partition -> known.putIfAbsent(partition, 0L));
        Blocking.await(leases.create(parts.pool(), known.keySet()));
        for (var follows : parts.follows().values()) {
            var starts = new TreeMap<>(known);
            if (!(follows instanceof Follows.Reacts reacts && !reacts.reaction().readsHistory())) {
                starts.replaceAll((partition, head) -> 0L);
            }
            Blocking.await(parts.positions().create(parts.pool(), follows.name(), starts));
        }
        prepared = Set.copyOf(known.keySet());
    }

    private void beat() {
        var every = parts.settings().beat().toMillis();
        try {
            while (!stopping) {
                oneBeat();
                beatNow.tryAcquire(every, TimeUnit.MILLISECONDS);
                beatNow.drainPermits();
            }
            leadership.resign();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warnf("leases are not given back and run out: %s", Faults.describe(e));
        } finally {
            ended.complete(null);
        }
    }

    /** At once, unless the last beat was a moment ago: then the next one comes soon enough. */
    private void beatSoon() {
        if (System.nanoTime() - beatAtNanos > parts.settings().beat().toNanos() / 5) {
            beatNow.release();
        }
    }

    private void oneBeat() {
        beatAtNanos = System.nanoTime();
        try {
            heedTimeline();
            heedNewPartitions();
            parts.clock().set(parts.pool());
            leadership.beat();
            rebuilds.turn();
            parts.metrics().beat(true);
        } catch (RuntimeException e) {
            parts.metrics().beat(false);
            LOG.warnf("no beat: %s", Faults.describe(e));
        }
    }

    private void heedNewPartitions() {
        if (!prepared.containsAll(heads.known().keySet())) {
            prepare();
        }
    }

    /** Another incarnation of the database: nothing known of the old one holds. */
    private void heedTimeline() {
        var now = Blocking.await(parts.log().timeline());
        if (!now.equals(timeline)) {
            LOG.warnf("the database is another one now (timeline %d after %d)", now, timeline);
            timeline = now;
            parts.watch().forget();
            prepare();
            leadership.loops().forEach(PartitionLoop::reload);
        }
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
            stopping = true;
            heads.stop();
            parts.watch().stop();
            var listener = listening;
            if (listener != null) {
                listener.close();
            }
            beatNow.release();
            return started
                    ? Uni.createFrom().completionStage(ended)
                    : Uni.createFrom().voidItem();
        });
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
                .invoke(() -> beatNow.release());
    }

    @Override
    public Uni<List<ProjectionStatus.Rebuild>> rebuilds() {
        return report.rebuilds();
    }

    @Override
    public Uni<Boolean> retry(String projection, String parkedId) {
        return parts.parkedRows()
                .want(parts.pool(), projection, parkedId, "retry")
                .invoke(() -> beatNow.release());
    }

    @Override
    public Uni<Boolean> skip(String projection, String parkedId) {
        return parts.parkedRows()
                .want(parts.pool(), projection, parkedId, "skip")
                .invoke(() -> beatNow.release());
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
            } catch (RuntimeException e) {
                emitter.fail(e);
            }
        }));
    }

    /** Collects what runs; schema, log, types and pool are required. */
    public static final class Builder {
        private final Map<String, Follows> follows = new LinkedHashMap<>();
        private final Map<String, WhenDue> timers = new LinkedHashMap<>();
        private final java.util.ArrayList<Projection> projections = new java.util.ArrayList<>();
        private final java.util.ArrayList<Reaction> reactions = new java.util.ArrayList<>();
        private @Nullable String schema;
        private @Nullable EventLog log;
        private @Nullable EventTypes types;
        private @Nullable Pool pool;
        private WakeUps wakeUps = WakeUps.none();
        private MeterRegistry metrics = Metrics.globalRegistry;
        private RunnerSettings settings = RunnerSettings.DEFAULT;

        private Builder() {}

        /** The service's schema, in which {@code log.install_runner} was called. */
        public Builder schema(String schema) {
            if (!schema.matches("[a-z_]{1,40}")) {
                throw new IllegalArgumentException("no schema is called " + schema);
            }
            this.schema = schema;
            return this;
        }

        public Builder log(EventLog log) {
            this.log = log;
            return this;
        }

        public Builder types(EventTypes types) {
            this.types = types;
            return this;
        }

        /** Connections of the runner's own login: one more than the pages folded at once. */
        public Builder pool(Pool pool) {
            this.pool = pool;
            return this;
        }

        /** Without them the poll alone brings news. */
        public Builder wakeUps(WakeUps wakeUps) {
            this.wakeUps = wakeUps;
            return this;
        }

        public Builder metrics(MeterRegistry metrics) {
            this.metrics = metrics;
            return this;
        }

        public Builder settings(RunnerSettings settings) {
            this.settings = settings;
            return this;
        }

        public Builder project(Projection projection) {
            projections.add(projection);
            return this;
        }

        public Builder react(Reaction reaction) {
            reactions.add(reaction);
            return this;
        }

        public Builder whenDue(WhenDue handler) {
            if (timers.put(handler.timer(), handler) != null) {
                throw new IllegalArgumentException("two answer to the timer " + handler.timer());
            }
            return this;
        }

        /** @throws IllegalStateException when something required is missing or two have one name */
        public Projections build() {
            projections.forEach(projection -> add(Follows.Folds.of(projection, types())));
            reactions.forEach(reaction -> add(Follows.Reacts.of(reaction, types())));
            return new ProjectionRunner(this);
        }

        private void add(Follows one) {
            if (follows.put(one.name(), one) != null) {
                throw new IllegalStateException("two are called " + one.name());
            }
        }

        private Map<String, Follows> follows() {
            return follows;
        }

        private String schema() {
            return required(schema, "schema");
        }

        private EventLog log() {
            return required(log, "log");
        }

        private EventTypes types() {
            return required(types, "types");
        }

        private Pool pool() {
            return required(pool, "pool");
        }

        private static <T> T required(@Nullable T value, String name) {
            if (value == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return value;
        }
    }
}
