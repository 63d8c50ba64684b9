package dev.centime.ingest.imports;

import dev.centime.kit.problem.BodySizes;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;

/** Receives forms with files, none larger than files may be. */
@ApplicationScoped
class Uploads {
    private final Vertx vertx;
    private final long maxBytes;

    Uploads(Vertx vertx, BodySizes sizes) {
        this.vertx = vertx;
        this.maxBytes = sizes.most(ImportsResource.PATH);
    }

    /** @throws dev.centime.kit.Problem (as a failure) as {@link Upload#of} does */
    Uni<Upload> of(HttpServerRequest request) {
        return Uni.createFrom()
                .completionStage(() -> Upload.of(request, vertx, maxBytes).toCompletionStage());
    }
}
