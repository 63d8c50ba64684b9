package dev.centime.gateway.route;

import io.vertx.core.Future;
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

    /**
     * Passes an answer back.
     *
     * @param answer of which nothing is read yet
     * @param breakOff of the call, which its caller may have left already
     */
    void pass(RoutingContext context, Service service, HttpClientResponse answer, BreakOff breakOff) {
        var response = context.response();
        // Taken now: an answer that has come to its end no longer tells.
        var whole = answer.end();
        if (response.closed()) {
            left(context, answer, whole, breakOff);
            return;
        }
        response.setStatusCode(answer.statusCode());
        ForwardedHeaders.out(answer.headers(), response.headers());
        if (answer.getHeader(HttpHeaders.CONTENT_LENGTH) == null) {
            response.setChunked(true);
        }
        var pipe = answer.pipe().endOnFailure(false);
        // In the pipe's place, which does not tell whose failure it was.
        answer.exceptionHandler(failure -> broke(response, service, failure, breakOff));
        context.addEndHandler(ended -> {
            if (ended.failed()) {
                pipe.close();
            }
        });
        // A write fails when the connection is gone, before that is told to anybody.
        pipe.to(response).onFailure(failure -> left(context, answer, whole, breakOff));
    }

    private static void broke(HttpServerResponse response, Service service, Throwable failure, BreakOff breakOff) {
        LOG.debugf("an answer of %s-service broke off: %s", service.text(), failure);
        if (response.writeQueueFull()) {
            // The connection behind was idle for too long because the caller took nothing.
            breakOff.byCaller();
        } else {
            breakOff.byService();
        }
        // Its length or its end is missing, by which the caller sees that it is not whole.
        response.reset();
    }

    /**
     * Tells the service to stop. What it said already runs dry first: with the answer's end among it, its connection is back with the
     * others and may carry another caller's answer by now, which a reset would break off.
     */
    private static void left(RoutingContext context, HttpClientResponse answer, Future<Void> whole, BreakOff breakOff) {
        breakOff.byCaller();
        answer.resume();
        context.vertx().getOrCreateContext().runOnContext(dry -> {
            if (!whole.isComplete()) {
                answer.request().reset();
            }
        });
    }
}
