package dev.centime.eventstore.archive;

import static dev.centime.eventstore.log.LogDatabase.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.eventstore.log.Appended;
import dev.centime.eventstore.log.Criterion;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.LogDatabase;
import dev.centime.eventstore.log.LogUnavailable;
import dev.centime.eventstore.log.NewEvent;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.eventstore.log.Tag;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** A partition whose tables take 1,500 events: a block and a half. */
record Old(LogDatabase database, int partition, String organization) {
    private static final Tag SEVENTH = new Tag("kind", "seventh");

    static Old filled(LogDatabase database, int partition, int events) {
        var organization = "old-" + partition;
        database.execute("INSERT INTO log.head (partition, takes_organizations, range_size) VALUES (" + partition
                + ", false, 1500)");
        database.execute("INSERT INTO log.organization (organization, partition) VALUES ('" + organization + "', "
                + partition + ")");
        var old = new Old(database, partition, organization);
        for (int from = 0; from < events; from += 500) {
            old.append(database.log(), from, Math.min(500, events - from));
        }
        return old;
    }

    Appended append(EventLog log, int from, int count) {
        return log.append(
                        organization,
                        IntStream.range(from, from + count).mapToObj(Old::event).toList())
                .await()
                .atMost(SOON);
    }

    /** No two alike; with all that JSON may hold, spaces and line breaks where they were. */
    private static NewEvent event(int i) {
        return new NewEvent(
                "e" + i,
                i % 3 == 0 ? "third" : "thing",
                1 + i % 2,
                Instant.parse("2026-01-02T03:04:05.678901Z").plusSeconds(i),
                "{ \"n\":%d,\r\n \"text\": \"Ω\\u0007 \uD83D\uDE00 \\\"\"}"
                        .formatted(i)
                        .getBytes(StandardCharsets.UTF_8),
                i % 5 == 0 ? Map.of() : Map.of("actor", "a" + i, "correlation", "x\ny"),
                i % 7 == 0 ? Set.of(SEVENTH) : Set.of());
    }

    List<StoredEvent> all(EventLog log) {
        var all = new ArrayList<StoredEvent>();
        for (var page = page(log, 0);
                !page.isEmpty();
                page = page(log, all.getLast().offset())) {
            all.addAll(page);
        }
        return all;
    }

    /** Who takes a range out and stands still in the middle holds up whoever reads, who is told to come again. */
    private List<StoredEvent> page(EventLog log, long after) {
        return log.read(partition, after, 700)
                .onFailure(LogUnavailable.class)
                .retry()
                .indefinitely()
                .await()
                .atMost(SOON);
    }

    /** What decisions are made of. */
    List<StoredEvent> sourced(EventLog log) {
        return log.source(organization, Set.of(new Criterion(Set.of(SEVENTH), Set.of())), 0)
                .await()
                .atMost(SOON)
                .events();
    }

    LogTables.FullRange oldest(LogTables tables) throws SQLException {
        return tables.oldest().stream()
                .filter(range -> range.partition() == partition)
                .findFirst()
                .orElseThrow();
    }

    long inTables() {
        return database.count("SELECT count(*) FROM log.event WHERE partition = " + partition);
    }

    long floor() {
        return database.count("SELECT floor_offset FROM log.head WHERE partition = " + partition);
    }

    static void assertSame(List<StoredEvent> actual, List<StoredEvent> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            assertThat(EventLine.same(actual.get(i), expected.get(i)))
                    .as("offset %d", expected.get(i).offset())
                    .isTrue();
        }
    }
}
