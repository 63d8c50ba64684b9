package dev.centime.eventstore.log;

import static dev.centime.eventstore.log.LogDatabase.SOON;
import static dev.centime.eventstore.log.LogDatabase.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a decision reads is what it asks for, whatever else there is. */
class SourceIT {
    private static final String SMALL =
            "SELECT count(*) - 1 FROM log.source('acme', %d, '[{\"tags\": [\"purse=small\"], \"types\": []}]', 0)";
    private static final String CONDITION =
            "SELECT log.conflicts(%d, 'acme', '{\"after\": 0, \"any\": [{\"tags\": [\"purse=none\"], \"types\": []}]}')::int";
    private static final String READ_IN_FULL =
            "SELECT coalesce(sum(seq_tup_read), 0)::bigint FROM pg_stat_xact_user_tables"
                    + " WHERE schemaname = 'log' AND (relname = 'event_tag' OR relname LIKE 'event\\_%\\_%')";
    static LogDatabase database;

    @BeforeAll
    static void open() {
        database = new LogDatabase();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void readsNothingOfALargeEntity_forASmallOne() throws SQLException {
        var log = database.log();
        int partition = log.partitionOf("acme").await().atMost(SOON);
        for (int i = 0; i < 25; i++) {
            append(log, "large", i * 2_000, 2_000);
        }
        append(log, "small", 0, 20);
        database.execute("ANALYZE log.event, log.event_tag");

        try (var connection = database.database().connect()) {
            connection.setAutoCommit(false);
            // Often enough for the server to settle on one plan for all.
            for (int i = 0; i < 8; i++) {
                assertThat(number(connection, SMALL.formatted(partition))).isEqualTo(20);
                assertThat(number(connection, CONDITION.formatted(partition))).isZero();
            }
            assertThat(number(connection, READ_IN_FULL)).isZero();
        }
    }

    private static void append(PostgresEventLog log, String purse, int from, int count) {
        var tag = new Tag("purse", purse);
        List<NewEvent> events = IntStream.range(from, from + count)
                .mapToObj(i -> event(purse + i, tag))
                .toList();
        log.append("acme", events).await().atMost(SOON);
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
