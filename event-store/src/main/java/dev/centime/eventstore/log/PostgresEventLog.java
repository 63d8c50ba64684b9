package dev.centime.eventstore.log;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The log in PostgreSQL, through the functions and tables of the schema {@code log}. Made once a service. */
public final class PostgresEventLog implements EventLog {
    private final Whereabouts whereabouts;
    private final AppendCalls calls;
    private final Backlog backlog;
    private final LogSettings settings;
    private final LogMetrics metrics;
    private final WakeUps wakeUps;
    private final ReadEvents readEvents;
    private final ReadTypes readTypes;
    private final ReadTags readTags;
    private final SourceEvents sourceEvents;
    private final FindEvents findEvents;
    private final LogArchive archive;
    private final Map<Integer, AppendQueue> queues = new ConcurrentHashMap<>();

    private PostgresEventLog(
            io.vertx.sqlclient.Pool door,
            io.vertx.sqlclient.Pool runner,
            LogSettings settings,
            LogMetrics metrics,
            WakeUps wakeUps,
            LogArchive archive) {
        this.archive = archive;
        this.settings = settings;
        this.metrics = metrics;
        this.wakeUps = wakeUps;
        this.whereabouts = new Whereabouts(door, runner);
        this.calls = new AppendCalls(new AppendStatement(door), new Room(door), settings, metrics);
        this.backlog = new Backlog(settings, metrics);
        this.readEvents = new ReadEvents(runner);
        this.readTypes = new ReadTypes(runner);
        this.readTags = new ReadTags(runner);
        this.sourceEvents = new SourceEvents(door);
        this.findEvents = new FindEvents(door);
    }

    /**
     * A log whose every call goes through one pool.
     *
     * @param pool of a login that may read all organizations, else {@code read} finds nothing
     */
    public static PostgresEventLog on(Pool pool, LogSettings settings, MeterRegistry metrics) {
        return on(pool, pool, settings, metrics, new NoWakeUps());
    }

    /**
     * A log for a service.
     *
     * @param door of the login that serves callers: appends, sources and finds for one organization at a time
     * @param runner of the login that reads whole partitions, and looks how far they go
     * @param wakeUps told of every append
     */
    public static PostgresEventLog on(
            Pool door, Pool runner, LogSettings settings, MeterRegistry metrics, WakeUps wakeUps) {
        return on(door, runner, settings, metrics, wakeUps, LogArchive.none());
    }

    /**
     * A log for a service that also reads what was archived.
     *
     * @param archive asked where the tables do not hold what was asked for
     */
    public static PostgresEventLog on(
            Pool door, Pool runner, LogSettings settings, MeterRegistry metrics, WakeUps wakeUps, LogArchive archive) {
        return new PostgresEventLog(
                door.getDelegate(), runner.getDelegate(), settings, new LogMetrics(metrics), wakeUps, archive);
    }

    @Override
    public Uni<Long> timeline() {
        return named(whereabouts.timeline());
    }

    @Override
    public Uni<List<Integer>> partitions() {
        return named(whereabouts.partitions());
    }

    @Override
    public Uni<Integer> partitionOf(String organization) {
        return checked(() -> Storable.checkName("organization", organization, 128))
                .chain(() -> named(whereabouts.partitionOf(organization)));
    }

    @Override
    public Uni<Appended> append(String organization, List<NewEvent> events) {
        var append = new Append(organization, List.copyOf(events));
        return append(append, partition -> queues.computeIfAbsent(
                        partition, p -> new AppendQueue(p, settings, calls, metrics))
                .add(append));
    }

    @Override
    public Uni<Appended> append(String organization, List<NewEvent> events, AppendCondition condition) {
        var append = new Append(organization, List.copyOf(events));
        return append(append, partition -> calls.append(partition, append, condition));
    }

    private Uni<Appended> append(Append append, java.util.function.IntFunction<Uni<Appended>> work) {
        if (append.events().isEmpty()) {
            return nothing(append.organization());
        }
        return checked(() -> Storable.check(append.organization(), append.events()))
                .chain(() -> backlog.admit(
                        append, () -> partitionOf(append.organization()).chain(work::apply)))
                .invoke(appended -> whereabouts.seen(appended.position().timeline()))
                .invoke(appended -> wakeUps.wake(appended.position().partition()))
                .onFailure(LogUnavailable.class)
                .invoke(whereabouts::forget);
    }

    /** Nothing appended is success, at the head. */
    private Uni<Appended> nothing(String organization) {
        return partitionOf(organization).chain(partition -> Uni.combine()
                .all()
                .unis(timeline(), head(partition))
                .with((timeline, head) -> new Appended(new Position(timeline, partition, head), List.of())));
    }

    @Override
    public Uni<Long> head(int partition) {
        return named(whereabouts.head(partition));
    }

    @Override
    public Uni<Map<Integer, Long>> heads() {
        return named(whereabouts.heads());
    }

    @Override
    public Uni<List<StoredEvent>> read(int partition, long after, int limit) {
        return deferred(() -> Gaps.refuse(
                        partition,
                        after,
                        () -> readEvents.execute(partition, after, limit),
                        List::isEmpty,
                        () -> whereabouts.head(partition))
                .onFailure(LogGap.class)
                .recoverWithUni(() ->
                        archive.read(partition, after, limit, event -> true).map(LogArchive.Stretch::events)));
    }

    @Override
    public Uni<Page> read(int partition, long after, int limit, Set<String> types) {
        return deferred(() -> Gaps.refuse(
                        partition,
                        after,
                        () -> readTypes.execute(partition, after, limit, types),
                        page -> page.upTo() <= after,
                        () -> whereabouts.head(partition))
                .invoke(page -> whereabouts.seen(page.timeline()))
                .onFailure(LogGap.class)
                .recoverWithUni(() -> archived(partition, after, limit, types)));
    }

    private Uni<Page> archived(int partition, long after, int limit, Set<String> types) {
        return archive.read(partition, after, limit, event -> types.contains(event.type()))
                .chain(stretch ->
                        whereabouts.timeline().map(timeline -> new Page(stretch.events(), stretch.upTo(), timeline)));
    }

    @Override
    public Uni<Sourced> source(String organization, Set<Criterion> anyOf, long after) {
        return partitionOf(organization)
                .chain(partition -> deferred(() -> sourceEvents.execute(organization, partition, anyOf, after)));
    }

    @Override
    public Uni<Map<String, StoredEvent>> find(String organization, Collection<String> ids) {
        var wanted = Set.copyOf(ids);
        return wanted.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : partitionOf(organization)
                        .chain(partition -> deferred(() -> findEvents
                                .execute(organization, partition, wanted)
                                .chain(found -> withArchived(organization, partition, wanted, found))));
    }

    private Uni<Map<String, StoredEvent>> withArchived(
            String organization, int partition, Set<String> wanted, Map<String, StoredEvent> found) {
        var missing = wanted.stream().filter(id -> !found.containsKey(id)).collect(Collectors.toSet());
        return missing.isEmpty()
                ? Uni.createFrom().item(found)
                : archive.find(partition, organization, missing).map(archived -> {
                    archived.forEach(event -> found.put(event.id(), event));
                    return found;
                });
    }

    @Override
    public Uni<Map<Long, Set<Tag>>> tags(int partition, long after, long upTo, Set<Tag> wanted) {
        return deferred(() -> readTags.execute(partition, after, upTo, wanted));
    }

    @Override
    public Uni<Long> before(int partition, Instant at) {
        return deferred(() -> archive.before(partition, at)
                .chain(archived -> archived.map(offset -> Uni.createFrom().item(offset))
                        .orElseGet(() -> readEvents.before(partition, at))));
    }

    private static Uni<Void> checked(Runnable check) {
        return Uni.createFrom().voidItem().invoke(check);
    }

    private <T> Uni<T> deferred(Supplier<Uni<T>> query) {
        return named(Uni.createFrom().deferred(query::get));
    }

    /** Reads are not made again here: whoever reads decides whether to wait or to answer 503. */
    private <T> Uni<T> named(Uni<T> query) {
        return query.ifNoItem().after(settings.callTimeout()).fail().onFailure().transform(LogFailures::named);
    }
}
