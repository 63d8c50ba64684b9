package dev.centime.gateway.route;

import dev.centime.kit.Problem;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/** A request's body on its way through, which ends in failure when it turns out larger than allowed; its length may be unknown. */
final class BoundedBody implements ReadStream<Buffer> {
    private final HttpServerRequest request;
    private final long limit;
    private long seen;
    private boolean failed;
    private @Nullable Handler<Throwable> onFailure;

    BoundedBody(HttpServerRequest request, long limit) {
        this.request = request;
        this.limit = limit;
    }

    @Override
    public ReadStream<Buffer> handler(@Nullable Handler<Buffer> handler) {
        request.handler(handler == null ? null : buffer -> pass(buffer, handler));
        return this;
    }

    private void pass(Buffer buffer, Handler<Buffer> handler) {
        seen += buffer.length();
        if (failed) {
            return;
        }
        if (seen > limit) {
            failed = true;
            if (onFailure != null) {
                onFailure.handle(Problem.tooLarge("a body may have at most " + (limit >> 20) + " MB"));
            }
            return;
        }
        handler.handle(buffer);
    }

    @Override
    public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
        onFailure = handler;
        request.exceptionHandler(handler);
        return this;
    }

    @Override
    public ReadStream<Buffer> endHandler(@Nullable Handler<Void> handler) {
        request.endHandler(
                handler == null
                        ? null
                        : end -> {
                            if (!failed) {
                                handler.handle(end);
                            }
                        });
        return this;
    }

    @Override
    public ReadStream<Buffer> pause() {
        request.pause();
        return this;
    }

    @Override
    public ReadStream<Buffer> resume() {
        request.resume();
        return this;
    }

    @Override
    public ReadStream<Buffer> fetch(long amount) {
        request.fetch(amount);
        return this;
    }
}
