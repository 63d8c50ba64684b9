package dev.centime.ingest.imports;

import dev.centime.ingest.accept.file.Difference;
import dev.centime.ingest.accept.file.FileFormat;
import dev.centime.ingest.accept.file.Rows;
import dev.centime.ingest.accept.file.SessionBudget;
import dev.centime.ingest.accept.file.UploadedFile;
import dev.centime.ingest.command.recordusage.RecordUsage;
import dev.centime.ingest.command.recordusage.Submitted;
import dev.centime.ingest.imports.ImportChunks.Chunk;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns what is read of a file into chunks, and counts what becomes of none. Used by one thread, which waits for the database. */
final class ReadFile implements UploadedFile.Receiver {
    private static final int MAX_BUDGETS = 1000;

    private final Receipt receipt;
    private final Patience patience;
    private final ImportChunks chunks;
    private final int chunkRecords;
    private final Set<FileFormat> formats = EnumSet.noneOf(FileFormat.class);
    private final List<SessionBudget> budgets = new ArrayList<>();
    private ImportReport report = ImportReport.NOTHING;
    private long repeated;
    private long ignored;
    private long records;
    private int chunk;
    private Spooled spooled = new Spooled();
    private @Nullable FileFormat spooledFormat;

    ReadFile(Receipt receipt, ImportChunks chunks, int chunkRecords) {
        this.receipt = receipt;
        // Whoever receives says by himself that he still does.
        this.patience = new Patience(receipt.key().id(), () -> {});
        this.chunks = chunks;
        this.chunkRecords = chunkRecords;
    }

    @Override
    public Rows opened(@Nullable String entry, FileFormat format) {
        formats.add(format);
        return new RowsOf(entry, format);
    }

    @Override
    public void unknown(String entry, String reason) {
        reject(new Rejection(entry, 0, "file", reason));
    }

    private final class RowsOf implements Rows {
        private final @Nullable String entry;
        private final FileFormat format;

        RowsOf(@Nullable String entry, FileFormat format) {
            this.entry = entry;
            this.format = format;
        }

        @Override
        public void row(long line, Submitted submitted) {
            var command = submitted.command();
            if (command == null) {
                var error = submitted.errors().getFirst();
                reject(new Rejection(entry, line, error.field(), error.reason()));
            } else {
                spool(line, command, submitted);
            }
        }

        private void spool(long line, RecordUsage command, Submitted submitted) {
            if (spooledFormat != format || spooled.count() == chunkRecords) {
                flush();
                spooledFormat = format;
            }
            spooled.add(SpooledRow.of(entry, line, command, submitted.origin()));
            records++;
        }

        @Override
        public void repeated() {
            repeated++;
        }

        @Override
        public void ignored() {
            ignored++;
        }

        @Override
        public void difference(Difference difference) {
            report = report.plus(Reports.difference(difference.in(entry)));
        }

        @Override
        public void sessionBudget(SessionBudget budget) {
            if (budgets.size() < MAX_BUDGETS) {
                budgets.add(budget);
            }
        }
    }

    private void reject(Rejection rejection) {
        report = report.plus(Reports.rejected(rejection));
    }

    /** What was read is durable after this. @throws LostImport when nobody wants it any more */
    void flush() {
        if (spooledFormat == null || spooled.count() == 0) {
            return;
        }
        var packed = new Chunk(chunk++, spooledFormat, spooled.count(), spooled.end());
        if (!patience.await(() -> chunks.add(receipt, packed, records))) {
            throw new LostImport();
        }
        spooled = new Spooled();
    }

    long records() {
        return records;
    }

    List<SessionBudget> budgets() {
        return List.copyOf(budgets);
    }

    /** Null for several, or none. */
    @Nullable
    String format() {
        return formats.size() == 1 ? formats.iterator().next().text() : null;
    }

    ImportReport report() {
        return report.plus(Reports.passedOver(repeated, ignored));
    }
}
