package dev.centime.gateway.route;

import dev.centime.gateway.GatewaySettings;
import dev.centime.kit.Headers;
import dev.centime.kit.Problem;
import dev.centime.kit.problem.BodySizes;
import dev.centime.kit.problem.RoutedProblems;
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
        services.request(route.service(), request.method().name(), target, idle)
                .compose(out -> send(context, out, route, token))
                .onSuccess(answer -> wayBack.pass(context, route.service(), answer))
                .onFailure(failure -> fail(context, route, failure));
    }

    private Future<HttpClientResponse> send(RoutingContext context, HttpClientRequest out, Route route, String token) {
        var request = context.request();
        ForwardedHeaders.in(request.headers(), out.headers());
        out.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token);
        // What the caller said of himself was dropped: this is who he is to the door.
        out.putHeader(Headers.FORWARDED_FOR, request.remoteAddress().hostAddress());
        // A caller who leaves shall not keep a service at work. Once an answer has begun, the way back sees to it.
        context.addEndHandler(ended -> {
            if (ended.failed() && !out.response().isComplete() && out.reset()) {
                metrics.brokenOffByCaller(route.service());
            }
        });
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

    private void fail(RoutingContext context, Route route, Throwable failure) {
        if (failure instanceof Problem) {
            // The rest of the body is still coming and nobody reads it.
            context.response().putHeader(HttpHeaders.CONNECTION, "close");
            problems.answer(context, failure);
            return;
        }
        if (context.response().closed()) {
            // The caller left, and that he did is counted: nothing is wrong with the service.
            return;
        }
        metrics.unavailable(route.service());
        var service = route.service().text();
        LOG.warnf("%s-service did not answer: %s", service, failure.toString());
        problems.answer(
                context,
                Problem.unavailable(service + "-service does not answer", 1).with("service", service));
    }
}
