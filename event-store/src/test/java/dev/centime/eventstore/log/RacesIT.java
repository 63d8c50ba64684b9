package dev.centime.eventstore.log;

import static dev.centime.eventstore.log.LogDatabase.SOON;
import static dev.centime.eventstore.log.LogDatabase.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class RacesIT {
    private static final Tag TAG = new Tag("entity", "1");
    private static final Set<Criterion> CRITERIA = Set.of(new Criterion(Set.of(TAG), Set.of()));
    static LogDatabase database;

    @BeforeAll
    static void open() {
        database = new LogDatabase();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    /** A writer with a connection of its own, as another process would be. */
    private static PostgresEventLog writer() {
        return PostgresEventLog.on(
                database.pool("centime_shop_runner", 1), LogDatabase.PATIENT, new SimpleMeterRegistry());
    }

    @Test
    void exactlyOneOf32WritersWinsEachRound() {
        var writers = IntStream.range(0, 32).mapToObj(i -> writer()).toList();
        for (int round = 0; round < 20; round++) {
            long after = writers.getFirst()
                    .source("racing", CRITERIA, 0)
                    .await()
                    .atMost(SOON)
                    .head()
                    .offset();
            var condition = new AppendCondition(CRITERIA, after);
            var tries = new ArrayList<Uni<Boolean>>();
            for (int w = 0; w < writers.size(); w++) {
                tries.add(writers.get(w)
                        .append("racing", List.of(event(round + "-" + w, TAG)), condition)
                        .replaceWith(true)
                        .onFailure(AppendRejected.class)
                        .recoverWithItem(false));
            }
            var won = Uni.join().all(tries).andFailFast().await().atMost(SOON);
            assertThat(won.stream().filter(yes -> yes)).as("round " + round).hasSize(1);
        }
        assertThat(database.count("SELECT count(*) FROM log.event WHERE organization = 'racing'"))
                .isEqualTo(20);
        assertThat(database.count("SELECT count(*) FROM log.event_id i JOIN log.event e USING (partition, log_offset)"
                        + " WHERE organization = 'racing'"))
                .isEqualTo(20);
    }

    @Test
    void decisionsFromManyConnectionsFormOneChain() {
        var writers = IntStream.range(0, 8).mapToObj(i -> writer()).toList();
        var works = new ArrayList<Uni<Void>>();
        for (int w = 0; w < writers.size(); w++) {
            works.add(decideTimes(writers.get(w), w, 15));
        }
        Uni.join().all(works).andFailFast().await().atMost(SOON);

        var events = writers.getFirst()
                .source("chained", CRITERIA, 0)
                .await()
                .atMost(SOON)
                .events();
        assertThat(events).hasSize(8 * 15);
        // Each event names the last one that its decision had seen: that must be the one before it, for all of them.
        long before = 0;
        for (var event : events) {
            assertThat(new String(event.payload())).isEqualTo("{\"seen\":" + before + "}");
            before = event.offset();
        }
    }

    private static Uni<Void> decideTimes(PostgresEventLog log, int writer, int times) {
        return times == 0
                ? Uni.createFrom().voidItem()
                : decide(log, writer + "-" + times).chain(() -> decideTimes(log, writer, times - 1));
    }

    private static Uni<Appended> decide(PostgresEventLog log, String id) {
        return log.source("chained", CRITERIA, 0)
                .chain(sourced -> {
                    long seen = sourced.events().isEmpty()
                            ? 0
                            : sourced.events().getLast().offset();
                    return log.append(
                            "chained",
                            List.of(event(id, "t", "{\"seen\":" + seen + "}", TAG)),
                            new AppendCondition(CRITERIA, sourced.head()));
                })
                .onFailure(AppendRejected.class)
                .retry()
                .indefinitely();
    }

    @Test
    void readersSeeNoGapAndNoReordering_whileWritersRun() throws InterruptedException {
        var log = database.log();
        int partition = log.partitionOf("busy").await().atMost(SOON);
        var running = new AtomicBoolean(true);
        var seen = new ArrayList<StoredEvent>();
        var reader = Thread.ofVirtual().start(() -> {
            var reading = database.log();
            while (running.get() || seen.size() < 3_000) {
                long after = seen.isEmpty() ? 0 : seen.getLast().offset();
                seen.addAll(reading.read(partition, after, 200).await().atMost(SOON));
            }
        });
        var writers = IntStream.range(0, 4)
                .mapToObj(w -> appendTimes(writer(), w, 100, 5 + w % 3))
                .toList();
        var single = appendTimes(database.log(), 9, 700, 1);
        Uni.join().all(writers).andFailFast().await().atMost(SOON);
        single.await().atMost(SOON);
        running.set(false);
        assertThat(reader.join(SOON)).isTrue();

        long expected = 0;
        var recorded = Instant.MIN;
        for (var event : seen) {
            assertThat(event.offset()).isEqualTo(++expected);
            assertThat(event.recordedAt()).isAfterOrEqualTo(recorded);
            recorded = event.recordedAt();
        }
        assertThat(seen).hasSize(100 * (5 + 6 + 7 + 5) + 700);
    }

    private static Uni<Void> appendTimes(PostgresEventLog log, int writer, int times, int size) {
        if (times == 0) {
            return Uni.createFrom().voidItem();
        }
        var events = IntStream.range(0, size)
                .mapToObj(i -> event(writer + "/" + times + "/" + i))
                .toList();
        return log.append("busy", events).chain(() -> appendTimes(log, writer, times - 1, size));
    }

    @RepeatedTest(2)
    void theSameEventAThousandTimesIsOneRow() {
        var logs = List.of(database.log(), writer(), writer());
        var id = "same-" + System.nanoTime();
        var appends = IntStream.range(0, 1_000)
                .mapToObj(i -> logs.get(i % 3).append("thousand", List.of(event(id))))
                .toList();
        var appended = Uni.join().all(appends).andFailFast().await().atMost(SOON);

        assertThat(database.count("SELECT count(*) FROM log.event WHERE id = '" + id + "'"))
                .isEqualTo(1);
        var offsets = new HashSet<Long>();
        appended.forEach(one -> offsets.add(one.outcomes().getFirst().offset()));
        assertThat(offsets).hasSize(1);
        assertThat(appended.stream().filter(one -> !one.outcomes().getFirst().duplicate()))
                .hasSize(1);
    }
}
