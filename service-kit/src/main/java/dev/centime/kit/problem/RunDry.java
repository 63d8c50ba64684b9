package dev.centime.kit.problem;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Lets what a refused caller is still sending run dry before he gets his answer: a connection closed on him in the middle of a body
 * is reset, and the reset takes the answer with it, even one that has arrived (RFC 9112, section 9.6).
 */
public final class RunDry {
    /** Bytes. Who sends more, or says that he will, is cut off, with the answer if he is quick. */
    private static final long AT_MOST = 64L << 20;

    private final RoutingContext context;
    private final Runnable answer;
    private long dropped;
    private boolean answered;

    private RunDry(RoutingContext context, Runnable answer) {
        this.context = context;
        this.answer = answer;
    }

    /**
     * Drops the rest of a request's body, whoever read it so far, then answers. A caller who leaves in the middle gets none.
     *
     * @param answer ends the response; called once at most, on the event loop of the request
     */
    public static void before(RoutingContext context, Runnable answer) {
        new RunDry(context, answer).begin(context.request());
    }

    private void begin(HttpServerRequest request) {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (request.isEnded()) {
            answer();
        } else if (length != null && Long.parseLong(length) > AT_MOST) {
            cutOff();
        } else {
            request.handler(buffer -> drop(buffer.length()));
            request.endHandler(end -> answer());
            request.exceptionHandler(left -> answered = true);
            request.resume();
        }
    }

    private void drop(int length) {
        dropped += length;
        if (dropped > AT_MOST) {
            cutOff();
        }
    }

    private void cutOff() {
        if (!answered) {
            context.response().putHeader(HttpHeaders.CONNECTION, "close");
            context.addEndHandler(said -> context.request().connection().close());
            answer();
        }
    }

    private void answer() {
        if (!answered) {
            answered = true;
            answer.run();
        }
    }
}
