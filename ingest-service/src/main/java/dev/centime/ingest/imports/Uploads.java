package dev.centime.ingest.imports;

import dev.centime.kit.problem.BodySizes;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicLong;

/** Receives forms with files, none larger than files may be. */
@ApplicationScoped
class Uploads {
    /** Of a form, beside its file. */
    private static final long FORM_BYTES = 1 << 20;

    private final Vertx vertx;
    private final long maxBytes;

    Uploads(Vertx vertx, BodySizes sizes) {
        this.vertx = vertx;
        this.maxBytes = sizes.most(ImportsResource.PATH);
    }

    /**
     * Lets a body run dry that nobody wants. A sender who looks for the answer only when all is sent would see a reset instead; one
     * who sends more than a file may have does.
     */
    void discard(HttpServerRequest request) {
        var seen = new AtomicLong();
        request.handler(buffer -> {
                    if (seen.addAndGet(buffer.length()) > maxBytes + FORM_BYTES) {
                        request.connection().close();
                    }
                })
                .exceptionHandler(gone -> {})
                .resume();
    }

    /** @throws dev.centime.kit.Problem (as a failure) as {@link Upload#of} does */
    Uni<Upload> of(HttpServerRequest request) {
        return Uni.createFrom()
                .completionStage(() -> Upload.of(request, vertx, maxBytes).toCompletionStage());
    }
}
