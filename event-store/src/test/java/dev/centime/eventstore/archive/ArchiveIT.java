package dev.centime.eventstore.archive;

import static dev.centime.eventstore.log.LogDatabase.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.centime.eventstore.archive.ArchiveRange.Step;
import dev.centime.eventstore.log.Appended;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.LogDatabase;
import dev.centime.eventstore.log.PostgresEventLog;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.eventstore.log.WakeUps;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Old ranges in files: read as if they were in the tables, and never in neither. */
class ArchiveIT {
    private static final AtomicInteger PARTITIONS = new AtomicInteger(20);

    static LogDatabase database;

    @TempDir
    Path directory;

    @BeforeAll
    static void open() {
        database = new LogDatabase();
    }

    /** What a test left is nothing to the others. */
    @AfterEach
    void forget() {
        database.execute("UPDATE log.event_range SET archived_at = now(), archive_name = '', archive_hash = ''"
                + " WHERE partition >= 20 AND archived_at IS NULL");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void whatWasArchived_isReadAsBefore() throws Exception {
        var old = filled(3_400);
        var log = log();
        var before = old.all(log);
        var thirds = types(log, old);
        var decided = old.sourced(log);

        var archived = archive();

        assertThat(archived.ranges()).isEqualTo(2);
        assertThat(archived.events()).isEqualTo(3_000);
        assertThat(old.floor()).isEqualTo(3_000);
        // Those that decisions ask for stay.
        assertThat(old.inTables()).isEqualTo(400 + 3_000 / 7 + 1);
        Old.assertSame(old.all(log), before);
        Old.assertSame(types(log, old), thirds);
        Old.assertSame(old.sourced(log), decided);
        var ids = List.of("e1", "e999", "e1500", "e2999", "e3000", "e3399", "nobody");
        var found = log.find(old.organization(), ids).await().atMost(SOON);
        assertThat(found).hasSize(6);
        found.forEach((id, event) -> assertThat(EventLine.same(event, before.get(Math.toIntExact(event.offset() - 1))))
                .as(id)
                .isTrue());
        assertThat(log.find("somebody-else", List.of("e1")).await().atMost(SOON))
                .isEmpty();
        for (long at : List.of(0L, 1_499L, 2_000L, 3_200L)) {
            assertThat(log.before(old.partition(), before.get((int) at).at())
                            .await()
                            .atMost(SOON))
                    .isEqualTo(at);
        }
    }

    @Test
    void anEventCountsOnce_andTheLogGoesOn() throws Exception {
        var old = filled(1_600);
        var log = log();
        archive();

        assertThat(old.append(log, 0, 5).outcomes()).allMatch(Appended.Outcome::duplicate);
        assertThat(old.append(log, 1_600, 1).position().offset()).isEqualTo(1_601);
        assertThat(log.head(old.partition()).await().atMost(SOON)).isEqualTo(1_601);
        assertThat(archive().ranges()).isZero();
    }

    @Test
    void howMuchIsArchived_isShown() throws Exception {
        filled(1_600);
        log();
        var archived = archive();
        var metrics = database.metrics();
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(metrics.get("centime.log.archived.events").gauge().value())
                    .isGreaterThanOrEqualTo(1_500);
            assertThat(metrics.get("centime.log.archived.bytes").gauge().value())
                    .isGreaterThanOrEqualTo(archived.bytes());
        });
    }

    @Test
    void whoKnowsNoArchive_isTold() throws Exception {
        var old = filled(1_600);
        archive();

        assertThatThrownBy(() ->
                        database.log().read(old.partition(), 0, 10).await().atMost(SOON))
                .hasMessageContaining("archived");
        assertThatThrownBy(() -> database.log()
                        .read(old.partition(), 6, 10, Set.of("third"))
                        .await()
                        .atMost(SOON))
                .hasMessageContaining("archived");
    }

    @Test
    void whoeverIsStoppedWhileHeWrites_leavesTheRows() throws Exception {
        var old = filled(1_600);
        var log = log();
        var before = old.all(log);
        try (var connection = database.database().connect();
                var tables = LogTables.of(connection)) {
            var range = old.oldest(tables);
            assertThatThrownBy(() -> new ArchiveRange(
                                    tables,
                                    directory,
                                    events -> {
                                        throw new Stopped();
                                    },
                                    step -> {})
                            .archive(range))
                    .isInstanceOf(Stopped.class);
        }
        Old.assertSame(old.all(log), before);
        archive();
        Old.assertSame(old.all(log), before);
    }

    @Test
    void whatIsNotWhatWasWritten_isNotGivenOut() throws Exception {
        var old = filled(1_600);
        archive();
        var name = ArchivedRange.name(old.partition(), 1);
        var file = ArchivedRange.events(directory, name);
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 3] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> log().read(old.partition(), 0, 10).await().atMost(SOON))
                .hasMessageContaining("damaged");

        var manifest = ArchivedRange.manifest(directory, name);
        Files.writeString(manifest, Files.readString(manifest).replace("\"format\":1", "\"format\": 1"));
        assertThatThrownBy(() -> log().read(old.partition(), 0, 10).await().atMost(SOON))
                .hasMessageContaining("is not the file");

        Files.delete(manifest);
        assertThatThrownBy(() -> log().read(old.partition(), 0, 10).await().atMost(SOON))
                .hasMessageContaining("is not there");
    }

    @Test
    void aRowThatChangesWhileItIsArchived_keepsItInTheTables() throws Exception {
        var old = filled(1_600);

        assertThatThrownBy(() -> archiveOne(old, step -> {
                    if (step == Step.WRITTEN) {
                        database.execute("UPDATE log.event SET payload = payload || ' '::bytea WHERE partition = "
                                + old.partition() + " AND log_offset = 1200");
                    }
                }))
                .hasMessageContaining("offset 1200");
        assertThat(old.inTables()).isEqualTo(1_600);
        assertThat(old.floor()).isZero();
    }

    @Test
    void theArchiveOfAnotherDatabase_isNotWrittenOver() throws Exception {
        var old = filled(1_600);
        var there = ArchivedRange.manifest(directory, ArchivedRange.name(old.partition(), 1));
        var other = new Manifest(1, "another/1", old.partition(), 1, 2, 2, 1, "", "", "", List.of());
        Files.write(there, other.json());

        assertThatThrownBy(this::archive).hasMessageContaining("another database");
        assertThat(Files.readAllBytes(there)).isEqualTo(other.json());
        assertThat(old.inTables()).isEqualTo(1_600);
    }

    @Test
    void whatIsYoung_orNotFull_orArchivedBySomebodyElseNow_stays() throws Exception {
        var old = filled(1_600);
        var said = new ByteArrayOutputStream();
        assertThat(archive(Duration.ofDays(1), said).ranges()).isZero();
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("partition " + old.partition() + ", 1 to 1,500 stays: its newest event");
        try (var connection = database.database().connect();
                var _ = LogTables.of(connection)) {
            assertThatThrownBy(this::archive).hasMessageContaining("somebody else");
        }
        assertThat(old.inTables()).isEqualTo(1_600);
    }

    @Test
    void whoeverReads_whileRangesAreTakenOut_missesNothing() throws Exception {
        var old = filled(4_600);
        var log = log();
        var before = old.all(log);
        var archiving = Thread.ofVirtual().start(() -> {
            try {
                archive();
            } catch (SQLException | IOException e) {
                throw new IllegalStateException(e);
            }
        });
        do {
            Old.assertSame(old.all(log), before);
        } while (archiving.isAlive());
        assertThat(old.floor()).isEqualTo(4_500);
        Old.assertSame(old.all(log), before);
    }

    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static Old filled(int events) {
        return Old.filled(database, PARTITIONS.getAndIncrement(), events);
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
        return archive(Duration.ZERO, new ByteArrayOutputStream());
    }

    private ArchiveLog.Archived archive(Duration age, ByteArrayOutputStream said) throws SQLException, IOException {
        try (var connection = database.database().connect()) {
            return new ArchiveLog(connection, directory, age, new PrintStream(said, true, StandardCharsets.UTF_8))
                    .run(Instant.now());
        }
    }

    private void archiveOne(Old old, java.util.function.Consumer<Step> steps) throws SQLException, IOException {
        try (var connection = database.database().connect();
                var tables = LogTables.of(connection)) {
            new ArchiveRange(tables, directory, events -> {}, steps).archive(old.oldest(tables));
        }
    }

    private static List<StoredEvent> types(EventLog log, Old old) {
        var head = log.head(old.partition()).await().atMost(SOON);
        var all = new ArrayList<StoredEvent>();
        for (long after = 0; after < head; ) {
            var page = log.read(old.partition(), after, 150, Set.of("third"))
                    .await()
                    .atMost(SOON);
            assertThat(page.upTo()).isGreaterThan(after);
            assertThat(page.timeline()).isEqualTo(log.timeline().await().atMost(SOON));
            all.addAll(page.events());
            after = page.upTo();
        }
        return all;
    }
}
