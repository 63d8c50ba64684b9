package dev.centime.eventstore.log;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Where things lie: the timeline, the partitions, their heads, and the partition of each organization, which is remembered. */
final class Whereabouts {
    private static final String PARTITION_OF = "SELECT log.partition_of($1)";
    private static final String HEAD = "SELECT log.head_of($1)";
    private static final String HEADS = "SELECT partition, log.head_of(partition) FROM log.head ORDER BY partition";
    private static final String PARTITIONS = "SELECT partition FROM log.head ORDER BY partition";
    private static final String TIMELINE = "SELECT log.timeline()";
    private static final long TIMELINE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MAX_REMEMBERED = 100_000;

    private final Pool door;
    private final Pool runner;
    private final Map<String, Integer> partitions = new ConcurrentHashMap<>();
    private volatile @Nullable Timeline timeline;

    private record Timeline(long number, long since) {}

    /**
     * @param door asked for the partition of an organization
     * @param runner asked for all else: leases, cursors and those who wait for them rest on it, and must not stand in line behind what
     *     callers ask for, which may take half a minute
     */
    Whereabouts(Pool door, Pool runner) {
        this.door = door;
        this.runner = runner;
    }

    /** Remembered for a second; whoever rests a decision on it has it compared in the same statement. */
    Uni<Long> timeline() {
        var known = timeline;
        if (known != null && System.nanoTime() - known.since < TIMELINE_NANOS) {
            return Uni.createFrom().item(known.number);
        }
        return one(runner, TIMELINE, Tuple.tuple()).map(row -> row.getLong(0)).invoke(this::seen);
    }

    /** The timeline that the database was just on. On another one than before, organizations may lie elsewhere. */
    void seen(long number) {
        var before = timeline;
        timeline = new Timeline(number, System.nanoTime());
        if (before != null && before.number != number) {
            partitions.clear();
        }
    }

    Uni<Integer> partitionOf(String organization) {
        return Uni.createFrom().deferred(() -> {
            var known = partitions.get(organization);
            return known != null ? Uni.createFrom().item(known) : ask(organization);
        });
    }

    private Uni<Integer> ask(String organization) {
        return one(door, PARTITION_OF, Tuple.of(organization))
                .map(row -> row.getInteger(0))
                .invoke(partition -> {
                    if (partitions.size() >= MAX_REMEMBERED) {
                        partitions.clear();
                    }
                    partitions.put(organization, partition);
                });
    }

    /** The database may have become another one. */
    void forget() {
        partitions.clear();
        timeline = null;
    }

    Uni<Long> head(int partition) {
        return one(runner, HEAD, Tuple.of(partition)).map(row -> row.getLong(0));
    }

    Uni<Map<Integer, Long>> heads() {
        return all(HEADS).map(rows -> {
            var heads = new LinkedHashMap<Integer, Long>();
            rows.forEach(row -> heads.put(row.getInteger(0), row.getLong(1)));
            return heads;
        });
    }

    Uni<List<Integer>> partitions() {
        return all(PARTITIONS).map(rows -> {
            var all = new ArrayList<Integer>();
            rows.forEach(row -> all.add(row.getInteger(0)));
            return all;
        });
    }

    private static Uni<Row> one(Pool pool, String sql, Tuple parameters) {
        return UniHelper.toUni(pool.preparedQuery(sql).execute(parameters))
                .map(rows -> rows.iterator().next());
    }

    private Uni<RowSet<Row>> all(String sql) {
        return UniHelper.toUni(runner.preparedQuery(sql).execute());
    }
}
