package dev.centime.gateway.route;

import dev.centime.gateway.GatewaySettings;
import dev.centime.kit.Headers;
import dev.centime.kit.Problem;
import dev.centime.kit.problem.BodySizes;
import dev.centime.kit.problem.RoutedProblems;
import dev.centime.kit.problem.RunDry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Passes a request on; its answer goes the {@link WayBack}. Bodies stream through unread, no faster than the slower side takes them; a
 * caller who leaves ends the request behind.
 */
@ApplicationScoped
public class Relay {
    private static final Logger LOG = Logger.getLogger(Relay.class);

    private final ServiceConnections services;
    private final WayBack wayBack;
    private final RelayMetrics metrics;
    private final RoutedProblems problems;
    private final GatewaySettings settings;
    private final BodySizes sizes;

    Relay(
            ServiceConnections services,
            WayBack wayBack,
            RelayMetrics metrics,
            RoutedProblems problems,
            GatewaySettings settings,
            BodySizes sizes) {
        this.services = services;
        this.wayBack = wayBack;
        this.metrics = metrics;
        this.problems = problems;
        this.settings = settings;
        this.sizes = sizes;
    }

    /** @param context whose request is paused, nothing of its body read */
    void pass(RoutingContext context, Route route, String token) {
        var request = context.request();
        var query = request.query();
        var target = route.targetOf(context.normalizedPath()) + (query == null ? "" : "?" + query);
        var idle = settings.timeouts().idle();
        var breakOff = new BreakOff(metrics, route.service());
        var left = leaving(context).onSuccess(gone -> breakOff.byCaller());
        var connected = services.request(route.service(), request.method().name(), target, idle);
        // Who had to wait at the door may come on no event loop, where an answer could begin before anybody listens.
        connected
                .compose(out -> send(context, out, token, left)
                        .onSuccess(answer -> wayBack.pass(context, route.service(), answer, breakOff)))
                .onFailure(failure -> fail(context, route, failure, connected.succeeded()));
    }

    /** Completes when the caller leaves without his whole answer, which he may have done before it is asked. */
    private static Future<Void> leaving(RoutingContext context) {
        var left = Promise.<Void>promise();
        context.addEndHandler(ended -> {
            if (ended.failed()) {
                left.tryComplete();
            }
        });
        // Of what is closed already no handler is told.
        if (context.response().closed()) {
            left.tryComplete();
        }
        return left.future();
    }

    private Future<HttpClientResponse> send(
            RoutingContext context, HttpClientRequest out, String token, Future<Void> left) {
        // Whoever waits for the answer hears of it; unheard here, Vert.x would log it as an error.
        out.exceptionHandler(failure -> LOG.debugf("a request broke off: %s", failure));
        // A caller who leaves shall not keep a service at work. Once an answer has begun, the way back sees to it.
        left.onSuccess(gone -> {
            if (!out.response().isComplete()) {
                out.reset();
            }
        });
        if (left.isComplete()) {
            return out.response();
        }
        var request = context.request();
        ForwardedHeaders.in(request.headers(), out.headers());
        out.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token);
        // What the caller said of himself was dropped: this is who he is to the door.
        out.putHeader(Headers.FORWARDED_FOR, request.remoteAddress().hostAddress());
        return hasBody(request) ? withBody(request, out) : withoutBody(request, out);
    }

    /**
     * A body that breaks off or grows too large breaks the request off: ended in order, what there was of it would pass for the
     * whole.
     */
    private Future<HttpClientResponse> withBody(HttpServerRequest request, HttpClientRequest out) {
        if (request.getHeader(HttpHeaders.CONTENT_LENGTH) == null) {
            out.setChunked(true);
        }
        var answer = Promise.<HttpClientResponse>promise();
        out.response().onComplete(arrived -> {
            if (arrived.succeeded()) {
                answer.tryComplete(arrived.result());
            } else {
                answer.tryFail(arrived.cause());
            }
        });
        new BoundedBody(request, sizes.most(request.path()))
                .pipe()
                .endOnFailure(false)
                .to(out)
                .onFailure(failure -> {
                    answer.tryFail(failure);
                    out.reset();
                });
        return answer.future();
    }

    private static Future<HttpClientResponse> withoutBody(HttpServerRequest request, HttpClientRequest out) {
        request.resume();
        return out.send();
    }

    private static boolean hasBody(HttpServerRequest request) {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null || length != null && !length.equals("0");
    }

    /** @param connected whether the service could have been asked, so that the caller's leaving is the likely cause */
    private void fail(RoutingContext context, Route route, Throwable failure, boolean connected) {
        if (failure instanceof Problem) {
            RunDry.before(context, () -> problems.answer(context, failure));
            return;
        }
        var left = context.response().closed();
        if (left && connected) {
            // That he did is counted: nothing is wrong with the service.
            return;
        }
        metrics.unavailable(route.service());
        var service = route.service().text();
        LOG.warnf("%s-service did not answer: %s", service, failure.toString());
        if (left) {
            return;
        }
        problems.answer(
                context,
                Problem.unavailable(service + "-service does not answer", 1).with("service", service));
    }
}
