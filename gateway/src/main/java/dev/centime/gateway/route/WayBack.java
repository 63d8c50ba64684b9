package dev.centime.gateway.route;

import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Passes an answer back, unread and no faster than the caller takes it. What breaks off on one side breaks off on the other: no
 * service works for somebody who has left, and half an answer never passes for the whole.
 */
@ApplicationScoped
class WayBack {
    private static final Logger LOG = Logger.getLogger(WayBack.class);

    private final RelayMetrics metrics;

    WayBack(RelayMetrics metrics) {
        this.metrics = metrics;
    }

    /** @param answer of which nothing is read yet */
    void pass(RoutingContext context, Service service, HttpClientResponse answer) {
        var response = context.response();
        if (response.closed()) {
            left(context, service, answer);
            return;
        }
        response.setStatusCode(answer.statusCode());
        ForwardedHeaders.out(answer.headers(), response.headers());
        if (answer.getHeader(HttpHeaders.CONTENT_LENGTH) == null) {
            response.setChunked(true);
        }
        var pipe = answer.pipe().endOnFailure(false);
        // In the pipe's place, which does not tell whose failure it was.
        answer.exceptionHandler(failure -> broke(response, service, failure));
        context.addEndHandler(ended -> {
            if (ended.failed()) {
                pipe.close();
            }
        });
        // A write fails when the connection is gone, before that is told to anybody.
        pipe.to(response).onFailure(failure -> left(context, service, answer));
    }

    private void broke(HttpServerResponse response, Service service, Throwable failure) {
        LOG.debugf("an answer of %s-service broke off: %s", service.text(), failure);
        if (response.writeQueueFull()) {
            // The connection behind was idle for too long because the caller took nothing.
            metrics.brokenOffByCaller(service);
        } else {
            metrics.brokenOffByService(service);
        }
        // Its length or its end is missing, by which the caller sees that it is not whole.
        response.reset();
    }

    /**
     * Tells the service to stop. What it said already runs dry first: with the answer's end among it, its connection is back with the
     * others and may carry another caller's answer by now, which a reset would break off.
     */
    private void left(RoutingContext context, Service service, HttpClientResponse answer) {
        metrics.brokenOffByCaller(service);
        var whole = answer.end();
        answer.resume();
        context.vertx().getOrCreateContext().runOnContext(dry -> {
            if (!whole.isComplete()) {
                answer.request().reset();
            }
        });
    }
}
