package dev.centime.ingest.imports;

import dev.centime.contracts.ImportProgressed.State;
import dev.centime.ingest.accept.file.UnpackingBounds;
import dev.centime.ingest.accept.file.UnreadableFile;
import dev.centime.ingest.accept.file.UploadedFile;
import dev.centime.ingest.imports.ImportRows.Received;
import dev.centime.kit.Caller;
import dev.centime.kit.Problem;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Makes an import of a file that was received: reads it once, to its end, before anything of it is recorded. */
@ApplicationScoped
class ReceiveImport {
    private static final Logger LOG = Logger.getLogger(ReceiveImport.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MAX_NAME_LENGTH = 300;
    private static final int WAITING = 16;

    private final ImportRows rows;
    private final ImportChunks chunks;
    private final ImportNews news;
    private final ImportMetrics metrics;
    private final ImportSettings settings;
    private final Clock clock;
    private final ExecutorService readers;

    ReceiveImport(
            ImportRows rows,
            ImportChunks chunks,
            ImportNews news,
            ImportMetrics metrics,
            ImportSettings settings,
            Clock clock) {
        this.rows = rows;
        this.chunks = chunks;
        this.news = news;
        this.metrics = metrics;
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
        readers.shutdownNow();
    }

    /**
     * The import, ready to be run.
     *
     * @throws Problem (as a failure) 422 when the file cannot be read, 503 when too many are being read
     */
    Uni<Import> receive(Caller caller, ImportKey key, Upload upload, ImportForm form) {
        return Uni.createFrom()
                .item(() -> read(caller, key, upload, form))
                .runSubscriptionOn(readers)
                .onFailure(RejectedExecutionException.class)
                .transform(failure -> Problem.unavailable("as many files are being read as can be", 5));
    }

    private Import read(Caller caller, ImportKey key, Upload upload, ImportForm form) {
        var now = clock.instant();
        var name = name(upload.name());
        var file = new ReadFile(key, chunks, settings.chunkRecords());
        try (var content = upload.content()) {
            UploadedFile.read(name, content, form.format(), form.columns(), bounds(), now, file);
            file.flush();
        } catch (UnreadableFile e) {
            throw Problem.unprocessable(e.field(), e.reason());
        } catch (CancelledWhileReceived e) {
            throw Problem.conflict("the import was cancelled while its file was read");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var received = new Received(
                name,
                form.format() == null ? file.format() : form.format().text(),
                form.dryRun(),
                upload.bytes(),
                upload.digest(),
                file.records(),
                file.report(),
                file.budgets());
        if (!rows.received(key, received).await().atMost(PATIENCE)) {
            throw Problem.conflict("the import was cancelled while its file was read");
        }
        metrics.count(received.format(), received.report());
        var waiting = rows.find(key).await().atMost(PATIENCE).orElseThrow();
        // Nobody waits for the news alone: the run tells of itself again.
        news.tell(key, waiting, State.WAITING)
                .onFailure()
                .invoke(failure -> LOG.warnf("import %s is not told of yet: %s", key.id(), failure))
                .onFailure()
                .recoverWithNull()
                .await()
                .atMost(PATIENCE);
        return waiting;
    }

    private UnpackingBounds bounds() {
        return new UnpackingBounds(settings.maxFiles(), settings.maxUnpacked().asLongValue(), settings.maxRatio());
    }

    private static String name(String sent) {
        var readable = sent.replaceAll("\\p{Cntrl}", " ").replace('\\', '/');
        var simple = readable.substring(readable.lastIndexOf('/') + 1);
        var shown = simple.isBlank() ? "file" : simple;
        return shown.length() <= MAX_NAME_LENGTH ? shown : shown.substring(0, MAX_NAME_LENGTH);
    }
}
