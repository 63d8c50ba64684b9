package dev.centime.eventstore.log;

import static dev.centime.eventstore.log.LogDatabase.SOON;
import static dev.centime.eventstore.log.LogDatabase.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tables of events: made ahead, made late, and archived. */
class RangesIT {
    static LogDatabase database;

    @BeforeAll
    static void open() {
        database = new LogDatabase();
        // The first tables are there already, for 10 million offsets each; a partition of its own begins with small
        // ones.
        database.execute(
                "INSERT INTO log.head (partition, takes_organizations, range_size) VALUES (17, false, 100), (18, false, 100)");
        database.execute("INSERT INTO log.organization (organization, partition) VALUES ('small', 17), ('old', 18)");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void makesRoomAheadOfTheAppends_andInTime_whenNobodyHas() {
        var log = database.log();
        for (int i = 0; i < 40; i++) {
            append(log, "small", i * 25, 25);
        }
        assertThat(log.head(17).await().atMost(SOON)).isEqualTo(1_000);
        assertThat(log.read(17, 0, 2_000).await().atMost(SOON)).hasSize(1_000);
        // Who asks for room asks by an append, and for as much as was needed when it was asked for.
        var more = new AtomicInteger(1_000);
        await().atMost(SOON).untilAsserted(() -> {
            var head =
                    append(log, "small", more.getAndIncrement(), 1).position().offset();
            assertThat(database.count("SELECT max(end_offset) FROM log.event_range WHERE partition = 17"))
                    .isGreaterThan(head + 50);
        });
        // One append over several tables that are not there yet.
        append(log, "small", more.get(), 777);
        assertThat(log.head(17).await().atMost(SOON)).isEqualTo(more.get() + 777);
    }

    @Test
    void goesOnWhereItWas_whenTheOldPartIsArchived() {
        var log = database.log();
        append(log, "old", 0, 300);
        var old = database.count("SELECT count(*) FROM log.event_range WHERE partition = 18 AND end_offset <= 301");
        assertThat(old).isEqualTo(3);
        for (int first : List.of(1, 101, 201)) {
            database.execute("ALTER TABLE log.event DETACH PARTITION log.event_18_" + first);
        }
        // Nothing attached holds an event: what was given out is known all the same.
        database.execute("UPDATE log.head SET floor_offset = 300 WHERE partition = 18");

        assertThat(log.head(18).await().atMost(SOON)).isEqualTo(300);
        assertThat(append(log, "old", 300, 10).position().offset()).isEqualTo(310);
        // An event counts once for ever.
        assertThat(append(log, "old", 0, 5).outcomes()).allMatch(Appended.Outcome::duplicate);
        assertThat(log.read(18, 300, 100).await().atMost(SOON)).hasSize(10);
        for (long behind : List.of(0L, 250L)) {
            // Neither stuck before the gap nor led past it.
            assertThatThrownBy(() -> log.read(18, behind, 100).await().atMost(SOON))
                    .hasMessageContaining("archived");
            assertThatThrownBy(() -> log.read(18, behind, 100, Set.of("thing-happened"))
                            .await()
                            .atMost(SOON))
                    .hasMessageContaining("archived");
        }
    }

    private static Appended append(PostgresEventLog log, String organization, int from, int count) {
        var events = IntStream.range(from, from + count)
                .mapToObj(i -> event("e" + i))
                .toList();
        return log.append(organization, events).await().atMost(SOON);
    }
}
