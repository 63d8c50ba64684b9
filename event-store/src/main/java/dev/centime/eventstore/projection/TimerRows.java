package dev.centime.eventstore.projection;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.StreamSupport;

/** Timers: table {@code projection_timer}. The database's clock says what is due. */
final class TimerRows {
    private final String set;
    private final String cancel;
    private final String duePartitions;
    private final String due;
    private final String done;

    TimerRows(String schema) {
        set = """
                INSERT INTO %s.projection_timer (partition, timer, organization, key, due)
                SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[])
                ON CONFLICT (partition, timer, organization, key) DO UPDATE SET due = EXCLUDED.due""".formatted(schema);
        cancel = """
                DELETE FROM %s.projection_timer
                WHERE partition = $1 AND timer = $2 AND organization = $3 AND key = ANY ($4::text[])""".formatted(schema);
        duePartitions = """
                SELECT p FROM unnest($1::int[]) AS p
                WHERE EXISTS (
                    SELECT FROM %s.projection_timer WHERE partition = p AND due <= now() AND timer = ANY ($2::text[]))""".formatted(schema);
        due = """
                SELECT timer, organization, key, due FROM %s.projection_timer
                WHERE partition = $1 AND due <= now() AND timer = ANY ($2::text[])
                ORDER BY due, timer, organization, key LIMIT $3""".formatted(schema);
        // Set anew meanwhile: it has another time and stays. The epoch: a stale lease takes nothing away.
        done = """
                DELETE FROM %1$s.projection_timer
                WHERE partition = $1 AND timer = $2 AND organization = $3 AND key = $4 AND due = $5
                  AND EXISTS (SELECT FROM %1$s.projection_lease l WHERE l.partition = $1 AND l.epoch = $6)""".formatted(schema);
    }

    Uni<Void> set(SqlClient client, int partition, Collection<Timer> timers) {
        if (timers.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        // Of two with one name and key the later counts; ON CONFLICT takes a row once.
        var last = new LinkedHashMap<List<String>, Timer>();
        timers.forEach(timer -> last.put(List.of(timer.name(), timer.organization(), timer.key()), timer));
        var rows = last.values();
        return client.preparedQuery(set)
                .execute(Tuple.from(List.of(
                        partition,
                        rows.stream().map(Timer::name).toArray(String[]::new),
                        rows.stream().map(Timer::organization).toArray(String[]::new),
                        rows.stream().map(Timer::key).toArray(String[]::new),
                        rows.stream()
                                .map(timer -> timer.due().atOffset(ZoneOffset.UTC))
                                .toArray(OffsetDateTime[]::new))))
                .replaceWithVoid();
    }

    Uni<Void> cancel(SqlClient client, int partition, String name, String organization, Collection<String> keys) {
        return client.preparedQuery(cancel)
                .execute(Tuple.of(partition, name, organization, keys.toArray(String[]::new)))
                .replaceWithVoid();
    }

    /** Those partitions in which a timer's time has come. */
    Uni<List<Integer>> duePartitions(SqlClient client, Collection<Integer> partitions, Collection<String> names) {
        return client.preparedQuery(duePartitions)
                .execute(Tuple.of(partitions.toArray(Integer[]::new), names.toArray(String[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getInteger(0))
                        .toList());
    }

    Uni<List<Timer>> due(SqlClient client, int partition, Collection<String> names, int limit) {
        return client.preparedQuery(due)
                .execute(Tuple.of(partition, names.toArray(String[]::new), limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Timer(
                                row.getString("timer"),
                                row.getString("organization"),
                                row.getString("key"),
                                row.getOffsetDateTime("due").toInstant()))
                        .toList());
    }

    /** The timer was fired. */
    Uni<Void> done(SqlClient client, Lease lease, Timer timer) {
        return client.preparedQuery(done)
                .execute(Tuple.from(List.of(
                        lease.partition(),
                        timer.name(),
                        timer.organization(),
                        timer.key(),
                        timer.due().atOffset(ZoneOffset.UTC),
                        lease.epoch())))
                .replaceWithVoid();
    }
}
