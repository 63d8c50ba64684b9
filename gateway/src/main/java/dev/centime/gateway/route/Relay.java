package dev.centime.gateway.route;

import dev.centime.gateway.GatewaySettings;
import dev.centime.kit.Headers;
import dev.centime.kit.Problem;
import dev.centime.kit.problem.BodySizes;
import dev.centime.kit.problem.RoutedProblems;
import io.micrometer.core.instrument.MeterRegistry;
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
 * Passes a request on and its answer back. Bodies stream through unread, no faster than the slower side takes them; a caller who
 * leaves ends the request behind.
 */
@ApplicationScoped
public class Relay {
    private static final Logger LOG = Logger.getLogger(Relay.class);

    private final ServiceConnections services;
    private final RoutedProblems problems;
    private final GatewaySettings settings;
    private final MeterRegistry metrics;
    private final BodySizes sizes;

    Relay(
            ServiceConnections services,
            RoutedProblems problems,
            GatewaySettings settings,
            MeterRegistry metrics,
            BodySizes sizes) {
        this.services = services;
        this.problems = problems;
        this.settings = settings;
        this.metrics = metrics;
        this.sizes = sizes;
    }

    /** @param context whose request is paused, nothing of its body read */
    void pass(RoutingContext context, Route route, String token) {
        var request = context.request();
        var query = request.query();
        var target = route.targetOf(context.normalizedPath()) + (query == null ? "" : "?" + query);
        var idle = settings.timeouts().idle();
        services.request(route.service(), request.method().name(), target, idle)
                .compose(out -> send(context, out, token))
                .onSuccess(answer -> answer(context, answer))
                .onFailure(failure -> fail(context, route, failure));
    }

    private Future<HttpClientResponse> send(RoutingContext context, HttpClientRequest out, String token) {
        var request = context.request();
        ForwardedHeaders.in(request.headers(), out.headers());
        out.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token);
        // What the caller said of himself was dropped: this is who he is to the door.
        out.putHeader(Headers.FORWARDED_FOR, request.remoteAddress().hostAddress());
        // A caller who leaves shall not keep a service at work. After a whole answer this does nothing.
        context.response().closeHandler(gone -> out.reset());
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

    private void answer(RoutingContext context, HttpClientResponse answer) {
        var response = context.response();
        if (response.closed()) {
            answer.request().reset();
            return;
        }
        response.setStatusCode(answer.statusCode());
        ForwardedHeaders.out(answer.headers(), response.headers());
        if (answer.getHeader(HttpHeaders.CONTENT_LENGTH) == null) {
            response.setChunked(true);
        }
        answer.pipe().endOnFailure(false).to(response).onFailure(failure -> {
            LOG.debugf("an answer broke off: %s", failure);
            // Its length or its end is missing, by which the caller sees that it is not whole.
            response.reset();
        });
    }

    private void fail(RoutingContext context, Route route, Throwable failure) {
        if (failure instanceof Problem) {
            // The rest of the body is still coming and nobody reads it.
            context.response().putHeader(HttpHeaders.CONNECTION, "close");
            problems.answer(context, failure);
            return;
        }
        var service = route.service().text();
        metrics.counter("centime.gateway.unavailable", "service", service).increment();
        if (!context.response().closed()) {
            LOG.warnf("%s-service did not answer: %s", service, failure.toString());
        }
        problems.answer(
                context,
                Problem.unavailable(service + "-service does not answer", 1).with("service", service));
    }
}
