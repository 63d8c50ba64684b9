package dev.centime.eventstore.projection;

import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.WakeUps;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.vertx.mutiny.sqlclient.Pool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what runs; schema, log, types and pool are required. */
public final class RunnerBuilder {
    private final Map<String, Follows> follows = new LinkedHashMap<>();
    private final Map<String, WhenDue> timers = new LinkedHashMap<>();
    private final ArrayList<Projection> projections = new ArrayList<>();
    private final ArrayList<Reaction> reactions = new ArrayList<>();
    private @Nullable String schema;
    private @Nullable EventLog log;
    private @Nullable EventTypes types;
    private @Nullable Pool pool;
    private WakeUps wakeUps = WakeUps.none();
    private MeterRegistry metrics = Metrics.globalRegistry;
    private RunnerSettings settings = RunnerSettings.DEFAULT;

    RunnerBuilder() {}

    /** The service's schema, in which {@code log.install_runner} was called. */
    public RunnerBuilder schema(String schema) {
        if (!schema.matches("[a-z_]{1,40}")) {
            throw new IllegalArgumentException("no schema is called " + schema);
        }
        this.schema = schema;
        return this;
    }

    public RunnerBuilder log(EventLog log) {
        this.log = log;
        return this;
    }

    public RunnerBuilder types(EventTypes types) {
        this.types = types;
        return this;
    }

    /** Connections of the runner's own login: one more than the pages folded at once. */
    public RunnerBuilder pool(Pool pool) {
        this.pool = pool;
        return this;
    }

    /** Without them the poll alone brings news. */
    public RunnerBuilder wakeUps(WakeUps wakeUps) {
        this.wakeUps = wakeUps;
        return this;
    }

    public RunnerBuilder metrics(MeterRegistry metrics) {
        this.metrics = metrics;
        return this;
    }

    public RunnerBuilder settings(RunnerSettings settings) {
        this.settings = settings;
        return this;
    }

    public RunnerBuilder project(Projection projection) {
        projections.add(projection);
        return this;
    }

    public RunnerBuilder react(Reaction reaction) {
        reactions.add(reaction);
        return this;
    }

    public RunnerBuilder whenDue(WhenDue handler) {
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

    Map<String, Follows> follows() {
        return Map.copyOf(follows);
    }

    Map<String, WhenDue> timers() {
        return Map.copyOf(timers);
    }

    WakeUps wakeUps() {
        return wakeUps;
    }

    MeterRegistry metrics() {
        return metrics;
    }

    RunnerSettings settings() {
        return settings;
    }

    String schema() {
        return required(schema, "schema");
    }

    EventLog log() {
        return required(log, "log");
    }

    EventTypes types() {
        return required(types, "types");
    }

    Pool pool() {
        return required(pool, "pool");
    }

    private static <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw new IllegalStateException(name + " is missing");
        }
        return value;
    }
}
