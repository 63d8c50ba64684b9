package dev.centime.eventstore.archive;

import static dev.centime.eventstore.log.LogDatabase.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.centime.eventstore.archive.ArchivingProcess.Death;
import dev.centime.eventstore.log.Appended;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.LogDatabase;
import dev.centime.eventstore.log.PostgresEventLog;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.eventstore.log.WakeUps;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever archives is killed, wherever he is: the log is read as if he had not begun or had ended, and the next one goes on. */
class KilledArchiveIT {
    private static final Duration DEADLINE = Duration.ofSeconds(120);
    private static final int RANGE = 1_500;

    static LogDatabase database;

    @TempDir
    Path directory;

    @BeforeAll
    static void open() {
        database = new LogDatabase();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    /** Each process finds what the one before it left. */
    @Test
    void killedAnywhere_leavesTheRowsOrTheFile_andTheNextRunEnds() throws Exception {
        var old = Old.filled(database, 20, 2 * RANGE + 100);
        var log = log();
        var before = old.all(log);
        var decided = old.sourced(log);
        for (var death : Death.values()) {
            if (death != Death.NOWHERE) {
                var status = ArchivingProcess.start(database.database(), directory, old, death)
                        .awaitEnd(DEADLINE);
                assertThat(status).as(death.name()).isEqualTo(ArchivingProcess.STATUS);
                awaitNobodyArchives();
                assertThat(old.floor()).as(death.name()).isEqualTo(death == Death.TAKEN_OUT ? RANGE : 0);
                assertAllThere(old, log, before, decided);
            }
        }

        assertThat(archive().ranges()).isEqualTo(1);

        assertAllThere(old, log, before, decided);
        assertAllThere(old, log(), before, decided);
        assertNothingElse(old);
    }

    /** The server may yet do what it was asked for by somebody who is gone: either is right. */
    @Test
    void killedWhileTheDatabaseTakesARangeOut_leavesTheRowsOrTheFile_andTheNextRunEnds() throws Exception {
        var old = Old.filled(database, 21, RANGE + 100);
        var log = log();
        var before = old.all(log);
        var decided = old.sourced(log);
        try (var reader = database.database().connect();
                var process = ArchivingProcess.start(database.database(), directory, old, Death.NOWHERE)) {
            reader.setAutoCommit(false);
            try (var statement = reader.createStatement()) {
                // Whoever reads holds up whoever takes out.
                statement.execute("SELECT FROM log.event WHERE partition = 21 LIMIT 1");
                await().atMost(DEADLINE).until(() -> waitsToTakeOut() > 0);
                process.close();
            }
            reader.rollback();
        }
        awaitNobodyArchives();
        assertThat(old.floor()).isIn(0L, (long) RANGE);
        assertAllThere(old, log, before, decided);

        archive();

        assertThat(old.floor()).isEqualTo(RANGE);
        assertAllThere(old, log, before, decided);
        assertNothingElse(old);
    }

    /** Every event once, wherever it lies, by offset, by id, by tag, and when it is told again. */
    private static void assertAllThere(Old old, EventLog log, List<StoredEvent> events, List<StoredEvent> decided) {
        Old.assertSame(old.all(log), events);
        Old.assertSame(old.sourced(log), decided);
        var ids = List.of("e0", "e999", "e1000", "e1499", "e1500");
        assertThat(log.find(old.organization(), ids).await().atMost(SOON)).hasSize(ids.size());
        assertThat(old.append(log, 700, 900).outcomes()).allMatch(Appended.Outcome::duplicate);
    }

    /** Neither drafts nor tables that somebody who was killed had made. */
    private void assertNothingElse(Old old) throws IOException {
        var ranges = old.floor() / RANGE;
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .hasSize(Math.toIntExact(2 * ranges))
                    .allMatch(name -> name.endsWith(".ndjson.gz") || name.endsWith(".manifest.json"));
        }
        assertThat(database.count("SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE n.nspname = 'log' AND c.relkind = 'r' AND c.relname LIKE 'event_%'"
                        + " AND c.relname ~ '_" + old.partition() + "_'"))
                .isEqualTo(database.count("SELECT count(*) FROM log.event_range WHERE partition = " + old.partition()));
    }

    /** The session of a process that is dead ends when the server notices. */
    private static void awaitNobodyArchives() {
        await().atMost(DEADLINE)
                .until(() -> database.count("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database ="
                                + " (SELECT oid FROM pg_database WHERE datname = current_database())")
                        == 0);
    }

    private static long waitsToTakeOut() {
        return database.count("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND wait_event_type = 'Lock' AND query LIKE '%log.take_out%'");
    }

    private PostgresEventLog log() {
        var runner = database.pool("centime_shop_runner", 3);
        return PostgresEventLog.on(
                database.pool("centime_shop", 2),
                runner,
                LogDatabase.PATIENT,
                database.metrics(),
                WakeUps.none(),
                FileArchive.in(directory, runner, database.metrics()));
    }

    private ArchiveLog.Archived archive() throws SQLException, IOException {
        try (var connection = database.database().connect();
                var out = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8)) {
            return new ArchiveLog(connection, directory, Duration.ZERO, out).run(Instant.now());
        }
    }
}
