package dev.centime.eventstore.archive;

import dev.centime.eventstore.archive.LogTables.FullRange;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Moves one range from its table into a file. Until the last step the rows are there and its files are nobody's, so whoever is killed is
 * followed by one who begins anew; the last step is one transaction.
 */
final class ArchiveRange {
    /** The states in which it can be left, in order. */
    enum Step {
        WRITTEN,
        VERIFIED,
        /** The file of events has its name, the manifest has not. */
        HALF_NAMED,
        NAMED,
        KEPT,
        TAKEN_OUT
    }

    private static final int TRIES = 120;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String DEADLOCK = "40P01";

    private final LogTables tables;
    private final Path directory;
    private final LongConsumer progress;
    private final Consumer<Step> steps;

    /**
     * @param progress told after some thousand events how many were written or read back
     * @param steps told what was done
     */
    ArchiveRange(LogTables tables, Path directory, LongConsumer progress, Consumer<Step> steps) {
        this.tables = tables;
        this.directory = directory;
        this.progress = progress;
        this.steps = steps;
    }

    /** @throws IllegalStateException when what was written is not what the table holds: then nothing was taken out */
    Manifest archive(FullRange range) throws SQLException, IOException {
        var name = ArchivedRange.name(range.partition(), range.firstOffset());
        var database = tables.database();
        refuseStrangers(name, database);
        var draft = directory.resolve(name + ".draft");
        var manifest = write(range, draft, database);
        steps.accept(Step.WRITTEN);
        verify(range, new RangeFile(draft, manifest));
        steps.accept(Step.VERIFIED);
        var json = manifest.json();
        var manifestDraft = directory.resolve(name + ".manifest.draft");
        Files.write(manifestDraft, json);
        force(manifestDraft);
        move(draft, ArchivedRange.events(directory, name));
        steps.accept(Step.HALF_NAMED);
        move(manifestDraft, ArchivedRange.manifest(directory, name));
        force(directory);
        steps.accept(Step.NAMED);
        tables.keepTagged(range);
        steps.accept(Step.KEPT);
        takeOut(range, name, Sha256.of(json), manifest);
        steps.accept(Step.TAKEN_OUT);
        return manifest;
    }

    /** Of the same range of another log, which may have no other copy. */
    private void refuseStrangers(String name, String database) throws IOException {
        var there = ArchivedRange.manifest(directory, name);
        if (Files.exists(there)
                && !Manifest.read(Files.readAllBytes(there)).database().equals(database)) {
            throw new IllegalStateException(there + " is of another database: archive this one into another directory");
        }
    }

    private Manifest write(FullRange range, Path draft, String database) throws SQLException, IOException {
        try (var writer = new RangeWriter(draft)) {
            long written = 0;
            for (var page = tables.page(range, range.firstOffset() - 1, RangeWriter.BLOCK_EVENTS);
                    !page.isEmpty();
                    page = tables.page(range, page.getLast().offset(), RangeWriter.BLOCK_EVENTS)) {
                writer.write(page);
                written += page.size();
                progress.accept(written);
            }
            return writer.finish(database);
        }
    }

    /** Reads the file as it will be read, beside the table as it is. */
    private void verify(FullRange range, RangeFile file) throws SQLException, IOException {
        var manifest = file.manifest();
        if (manifest.events() != range.events()
                || manifest.firstOffset() != range.firstOffset()
                || manifest.lastOffset() != range.lastOffset()) {
            throw new IllegalStateException(range.table() + " holds " + manifest.events() + " events from "
                    + manifest.firstOffset() + " to " + manifest.lastOffset() + ", not " + range.events() + " from "
                    + range.firstOffset());
        }
        long read = 0;
        for (int place = 0; place < file.blocks(); place++) {
            var block = file.read(place);
            var rows = tables.page(range, block.getFirst().offset() - 1, block.size());
            for (int i = 0; i < block.size(); i++) {
                if (i >= rows.size() || !EventLine.same(block.get(i), rows.get(i))) {
                    throw new IllegalStateException("offset " + block.get(i).offset() + " of partition "
                            + range.partition() + " was not written as it is in the log");
                }
            }
            read += block.size();
            progress.accept(read);
        }
    }

    /** The tables' lock is waited for half a second at a time, so that nobody waits long behind whoever waits. */
    private void takeOut(FullRange range, String name, String hash, Manifest manifest) throws SQLException {
        for (int tries = 1; ; tries++) {
            try {
                tables.takeOut(range, name, hash, manifest);
                return;
            } catch (SQLException e) {
                var busy = LOCK_NOT_AVAILABLE.equals(e.getSQLState()) || DEADLOCK.equals(e.getSQLState());
                if (!busy || tries == TRIES) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A name is on the disk when its directory is. */
    static void force(Path path) throws IOException {
        try (var file = FileChannel.open(path, StandardOpenOption.READ)) {
            file.force(true);
        }
    }
}
