package dev.centime.ingest.imports;

import dev.centime.ingest.accept.file.UnpackingBounds;
import dev.centime.ingest.accept.file.UnreadableFile;
import dev.centime.ingest.accept.file.UploadedFile;
import dev.centime.ingest.imports.ImportReceipts.Read;
import dev.centime.kit.Problem;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Reads a file that was received once, to its end, before anything of it is recorded. A few at once, and a few that wait for that. */
@ApplicationScoped
class ReadImport {
    static final String FULL = "as many files are being read as can be";

    private static final int WAITING = 16;

    private final ImportReceipts receipts;
    private final ImportChunks chunks;
    private final ImportSettings settings;
    private final Clock clock;
    private final ThreadPoolExecutor readers;
    private volatile boolean ending;

    ReadImport(ImportReceipts receipts, ImportChunks chunks, ImportSettings settings, Clock clock) {
        this.receipts = receipts;
        this.chunks = chunks;
        this.settings = settings;
        this.clock = clock;
        // A file takes a processor for as long as it is read.
        this.readers = new ThreadPoolExecutor(
                settings.parallel(),
                settings.parallel(),
                1,
                TimeUnit.MINUTES,
                new LinkedBlockingQueue<>(WAITING),
                task -> Thread.ofPlatform().daemon().name("import-reader").unstarted(task));
    }

    void end(@Observes ShutdownEvent event) {
        ending = true;
        readers.shutdownNow();
    }

    /** Whether what fails now fails because the service ends. */
    boolean isEnding() {
        return ending;
    }

    /** Whether a file that came now could not even wait. */
    boolean isFull() {
        return readers.getQueue().remainingCapacity() == 0;
    }

    /**
     * Makes chunks of it, after which the import may be run.
     *
     * @throws Problem (as a failure) 422 when the file cannot be read, 503 when too many are being read
     * @throws LostImport (as a failure) when nobody wants it any more, or the service ends
     */
    Uni<Read> read(Receipt receipt, Upload upload, ImportForm form) {
        return Uni.createFrom()
                .item(() -> readNow(receipt, upload, form))
                .runSubscriptionOn(readers)
                .onFailure(RejectedExecutionException.class)
                .transform(failure -> Problem.unavailable(FULL, 5));
    }

    private Read readNow(Receipt receipt, Upload upload, ImportForm form) {
        var file = new ReadFile(receipt, chunks, settings.chunkRecords());
        try (var content = upload.content()) {
            UploadedFile.read(upload.name(), content, form.format(), form.columns(), bounds(), clock.instant(), file);
            file.flush();
        } catch (UnreadableFile e) {
            throw Problem.unprocessable(e.field(), e.reason());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var format = form.format() == null ? file.format() : form.format().text();
        var read = new Read(format, upload.digest(), file.records(), file.report(), file.budgets());
        if (!new Patience(receipt.key().id(), () -> {}).await(() -> receipts.read(receipt, read))) {
            throw new LostImport();
        }
        return read;
    }

    private UnpackingBounds bounds() {
        return new UnpackingBounds(settings.maxFiles(), settings.maxUnpacked().asLongValue(), settings.maxRatio());
    }
}
