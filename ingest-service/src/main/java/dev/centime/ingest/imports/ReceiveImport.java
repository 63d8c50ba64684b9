package dev.centime.ingest.imports;

import dev.centime.ingest.Beats;
import dev.centime.ingest.imports.FilePlaces.Place;
import dev.centime.kit.Problem;
import dev.centime.kit.idempotency.IdempotencyKey;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Takes a file over and answers: with the import ready to be run where its file is read soon, else with one that is being read. Once
 * the file is here, it is read whether anybody waits for the answer or not.
 */
@ApplicationScoped
class ReceiveImport {
    private static final Logger LOG = Logger.getLogger(ReceiveImport.class);

    /** A large file may take longer to arrive, and to be read, than an import may stay silent. */
    private static final Beats BEATS = new Beats(Duration.ofSeconds(1), 10);

    private final FilePlaces places;
    private final Uploads uploads;
    private final ImportReceipts receipts;
    private final ImportRows rows;
    private final ReadImport reading;
    private final ImportNews news;
    private final ImportMetrics metrics;
    private final Clock clock;
    private final Duration answerWithin;

    ReceiveImport(
            FilePlaces places,
            Uploads uploads,
            ImportReceipts receipts,
            ImportRows rows,
            ReadImport reading,
            ImportNews news,
            ImportMetrics metrics,
            Clock clock,
            ImportSettings settings) {
        this.places = places;
        this.uploads = uploads;
        this.receipts = receipts;
        this.rows = rows;
        this.reading = reading;
        this.news = news;
        this.metrics = metrics;
        this.clock = clock;
        this.answerWithin = settings.answerWithin();
    }

    /**
     * The import as it stands when its file is read, or soon after the file has arrived.
     *
     * @param origin who asks for it, and from where
     * @throws Problem (as a failure) when the request is refused; then nothing of it stays
     */
    Uni<Import> receive(HttpServerRequest request, ImportKey key, String createdBy, Map<String, String> origin) {
        return Uni.createFrom()
                .item(() -> places.take(key.organization()))
                .onFailure()
                .invoke(full -> {
                    metrics.file("refused");
                    uploads.discard(request);
                })
                .chain(place -> receipts.begin(key, createdBy, clock.instant())
                        .onFailure()
                        .invoke(place::close)
                        .onCancellation()
                        .invoke(place::close)
                        .chain(begun -> begun.isPresent()
                                ? receive(request, begun.get(), place, origin)
                                : again(request, key).onTermination().invoke(place::close)));
    }

    private Uni<Import> receive(HttpServerRequest request, Receipt receipt, Place place, Map<String, String> origin) {
        var answered = new AtomicBoolean();
        var beats = BEATS.begin(() -> receipts.stillComing(receipt));
        var taken = uploads.of(request)
                .chain(upload -> takenOver(receipt, upload))
                .memoize()
                .indefinitely();
        var read = taken.chain(file -> read(receipt, file, origin))
                .onFailure(LostImport.class)
                .transform(lost -> lost())
                .onTermination()
                .invoke(() -> {
                    beats.cancel();
                    place.close();
                })
                .onFailure()
                .call(failure ->
                        answered.compareAndSet(false, true) ? refused(receipt) : failed(receipt, failure, origin))
                .memoize()
                .indefinitely();
        read.subscribe()
                .with(
                        done -> {},
                        failure ->
                                LOG.debugf("import %s ends: %s", receipt.key().id(), failure));
        return taken.onItemOrFailure()
                .transformToUni((file, failure) -> failure != null
                        ? read
                        : read.ifNoItem()
                                .after(answerWithin)
                                .recoverWithUni(() ->
                                        answered.compareAndSet(false, true) ? news.tell(receipt.key(), origin) : read));
    }

    /** A file that lies here, with the form that it came in. */
    private record Taken(Upload upload, ImportForm form) {}

    private Uni<Taken> takenOver(Receipt receipt, Upload upload) {
        return Uni.createFrom()
                .item(() -> ImportForm.of(upload.fields()))
                .chain(form -> receipts.takenOver(receipt, upload.name(), form, upload.bytes(), upload.digest())
                        .map(ours -> {
                            if (!ours) {
                                throw new LostImport();
                            }
                            return new Taken(upload, form);
                        }))
                .onFailure()
                .invoke(upload::close);
    }

    private Uni<Import> read(Receipt receipt, Taken taken, Map<String, String> origin) {
        metrics.readingBegan();
        return reading.read(receipt, taken.upload(), taken.form())
                .onTermination()
                .invoke(() -> {
                    metrics.readingEnded();
                    taken.upload().close();
                })
                .invoke(read -> {
                    metrics.file("read");
                    metrics.count(read.format(), read.report());
                })
                .chain(read -> news.tell(receipt.key(), origin));
    }

    private Problem lost() {
        return reading.isEnding()
                ? Problem.unavailable(ImportLeases.NOT_READ, 5)
                : Problem.conflict("the import was cancelled while its file was read");
    }

    private Uni<Boolean> refused(Receipt receipt) {
        metrics.file("refused");
        return receipts.forget(receipt).onFailure().recoverWithItem(false);
    }

    /** Its sender was told that it is being read: what was wrong stands in the import. */
    private Uni<Boolean> failed(Receipt receipt, Throwable failure, Map<String, String> origin) {
        return receipts.fail(receipt, reason(receipt, failure))
                .call(written -> {
                    if (!written) {
                        return Uni.createFrom().nullItem();
                    }
                    metrics.file("failed");
                    return news.tell(receipt.key(), origin);
                })
                .onFailure()
                // Nobody says any more that it is coming, so whoever looks next ends it.
                .recoverWithItem(false);
    }

    private String reason(Receipt receipt, Throwable failure) {
        if (failure instanceof Problem problem) {
            return String.valueOf(problem.getMessage());
        }
        if (reading.isEnding()) {
            return ImportLeases.NOT_READ;
        }
        LOG.errorf(failure, "import %s failed", receipt.key().id());
        return ImportRun.UNEXPECTED;
    }

    /** A request whose Idempotency-Key came before: the same is answered as then, another is refused. */
    private Uni<Import> again(HttpServerRequest request, ImportKey key) {
        return uploads.of(request)
                .chain(upload -> rows.isOf(key, upload.digest()).onTermination().invoke(upload::close))
                .invoke(ReceiveImport::refuseUnlessSame)
                .chain(() -> rows.find(key))
                .map(found -> found.orElseThrow(() -> Problem.notFound("import " + key.id())));
    }

    private static void refuseUnlessSame(Optional<Boolean> same) {
        if (same.isEmpty()) {
            throw Problem.conflict("a request with this Idempotency-Key is still being done");
        }
        if (!same.get()) {
            throw IdempotencyKey.reused("this Idempotency-Key came with another file before");
        }
    }
}
