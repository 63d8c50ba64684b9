package dev.centime.ingest.exports;

import io.smallrye.mutiny.Multi;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ServerHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the next part of an answer when the reader has taken the one before, and for no more once he is gone. An answer that fails
 * on its way ends without its end, so that nobody takes it for the whole.
 */
final class SlowestReader implements Subscriber<byte[]> {
    private static final Logger LOG = Logger.getLogger(SlowestReader.class);

    private final ResteasyReactiveRequestContext request;
    private final ServerHttpResponse response;
    private final Multi<byte[]> bytes;
    private final AtomicBoolean ended = new AtomicBoolean();
    private @Nullable Subscription subscription;

    SlowestReader(ResteasyReactiveRequestContext request, Multi<byte[]> bytes) {
        this.request = request;
        this.response = request.serverResponse();
        this.bytes = bytes;
    }

    void begin() {
        response.setChunked(true);
        bytes.subscribe().withSubscriber(this);
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        this.subscription = subscription;
        response.addCloseHandler(this::gone);
        if (response.closed()) {
            gone();
        } else {
            subscription.request(1);
        }
    }

    @Override
    public void onNext(byte[] part) {
        if (ended.get()) {
            return;
        }
        if (part.length == 0) {
            more();
            return;
        }
        response.write(part).whenComplete((written, failure) -> {
            if (failure == null) {
                more();
            } else {
                gone();
            }
        });
    }

    private void more() {
        if (subscription != null && !ended.get()) {
            subscription.request(1);
        }
    }

    @Override
    public void onComplete() {
        if (ended.compareAndSet(false, true)) {
            response.end();
            request.resume();
        }
    }

    @Override
    public void onError(Throwable failure) {
        if (ended.compareAndSet(false, true)) {
            LOG.warnf(failure, "an export broke off");
            request.serverRequest().closeConnection();
            request.resume();
        }
    }

    private void gone() {
        if (ended.compareAndSet(false, true)) {
            if (subscription != null) {
                subscription.cancel();
            }
            request.resume();
        }
    }
}
