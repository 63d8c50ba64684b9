package dev.centime.eventstore.archive;

import dev.centime.eventstore.archive.LogTables.FullRange;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The job that archives the log: full tables whose newest event is old enough and that every view has read, oldest first, each
 * verified before it is taken out. Run beside a log in use; may be killed and run again.
 *
 * <p>Environment: {@code CENTIME_MIGRATION_URL} (JDBC), {@code CENTIME_MIGRATION_USER}, {@code CENTIME_MIGRATION_PASSWORD},
 * {@code CENTIME_LOG_ARCHIVE} (a directory that all services read), {@code CENTIME_LOG_ARCHIVE_DAYS} (how old at least, 400).
 */
public final class ArchiveLog {
    private static final String DAYS = "400";
    private static final int SHOWN_EVERY = 1_000_000;

    private final Connection connection;
    private final Path directory;
    private final Duration age;
    private final PrintStream out;

    /**
     * @param connection of an account that may become the log's owner
     * @param age of the newest event of what is archived
     */
    public ArchiveLog(Connection connection, Path directory, Duration age, PrintStream out) {
        this.connection = connection;
        this.directory = directory;
        this.age = age;
        this.out = out;
    }

    /** What was archived. @param bytes of its files */
    public record Archived(int ranges, long events, long bytes, double seconds) {}

    /** @throws IllegalStateException when a range cannot be archived as it is; those before it are */
    public Archived run(Instant now) throws SQLException, IOException {
        var began = System.nanoTime();
        create(directory);
        try (var tables = LogTables.of(connection)) {
            var all = run(tables, now);
            return new Archived(all.ranges, all.events, all.bytes, (System.nanoTime() - began) / 1e9);
        }
    }

    private Archived run(LogTables tables, Instant now) throws SQLException, IOException {
        var finished = new HashSet<Integer>();
        var all = new Archived(0, 0, 0, 0);
        for (var next = next(tables, finished); next.isPresent(); next = next(tables, finished)) {
            var range = next.get();
            var left = stays(tables, range, now);
            if (left.isPresent()) {
                out.println(named(range) + " stays: " + left.get());
                finished.add(range.partition());
            } else {
                var manifest = archive(tables, range);
                all = new Archived(all.ranges + 1, all.events + manifest.events(), all.bytes + manifest.bytes(), 0);
            }
        }
        return all;
    }

    /** A directory that was not there is on the disk when those that it lies in are, like a file. */
    private static void create(Path directory) throws IOException {
        var made = new ArrayList<Path>();
        for (Path each = directory.toAbsolutePath(); each != null && !Files.exists(each); each = each.getParent()) {
            made.add(each);
        }
        Files.createDirectories(directory);
        for (var each : made) {
            ArchiveRange.force(Objects.requireNonNull(each.getParent()));
        }
    }

    private static Optional<FullRange> next(LogTables tables, Set<Integer> finished) throws SQLException {
        return tables.oldest().stream()
                .filter(range -> !finished.contains(range.partition()))
                .findFirst();
    }

    /** Why a range is not archived; empty when it is. */
    private Optional<String> stays(LogTables tables, FullRange range, Instant now) throws SQLException {
        var newest = tables.lastRecorded(range);
        return newest.isAfter(now.minus(age))
                ? Optional.of("its newest event was recorded at " + newest)
                : tables.slowestReader(range).map(reader -> reader + " and has yet to read it");
    }

    private Manifest archive(LogTables tables, FullRange range) throws SQLException, IOException {
        out.println(named(range) + " is written, then read back");
        var began = System.nanoTime();
        var manifest = new ArchiveRange(tables, directory, events -> shown(range, events), step -> {}).archive(range);
        out.printf(
                Locale.ROOT,
                "%s is archived: %,d events, %,d bytes, %.1f s%n",
                named(range),
                manifest.events(),
                manifest.bytes(),
                (System.nanoTime() - began) / 1e9);
        return manifest;
    }

    private void shown(FullRange range, long events) {
        if (events % SHOWN_EVERY == 0) {
            out.printf(Locale.ROOT, "  %,d of %,d events%n", events, range.events());
        }
    }

    private static String named(FullRange range) {
        return String.format(
                Locale.ROOT, "partition %d, %,d to %,d", range.partition(), range.firstOffset(), range.lastOffset());
    }

    public static void main(String[] args) {
        System.exit(run());
    }

    private static int run() {
        try (var connection = DriverManager.getConnection(
                required("CENTIME_MIGRATION_URL"),
                required("CENTIME_MIGRATION_USER"),
                System.getenv().getOrDefault("CENTIME_MIGRATION_PASSWORD", ""))) {
            var age = Duration.ofDays(Long.parseLong(System.getenv().getOrDefault("CENTIME_LOG_ARCHIVE_DAYS", DAYS)));
            var archived = new ArchiveLog(connection, Path.of(required("CENTIME_LOG_ARCHIVE")), age, System.out)
                    .run(Instant.now());
            System.out.printf(
                    Locale.ROOT,
                    "%d ranges were archived: %,d events, %,d bytes, %.1f s%n",
                    archived.ranges(),
                    archived.events(),
                    archived.bytes(),
                    archived.seconds());
            return 0;
        } catch (SQLException | IOException | IllegalStateException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private static String required(String name) {
        var value = System.getenv(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(name + " is not set");
        }
        return value;
    }
}
