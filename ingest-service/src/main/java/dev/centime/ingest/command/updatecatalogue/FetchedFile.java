package dev.centime.ingest.command.updatecatalogue;

import dev.centime.kit.Problem;
import dev.centime.kit.network.PublicAddress;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * A file from an address that somebody named. It is asked for by https, from public addresses alone: the name is resolved here, every
 * address it has is looked at, and the connection goes to the one that was looked at, so that a name cannot change its mind in between.
 * Each redirect is checked like the first address. Size and time are bounded.
 */
@ApplicationScoped
class FetchedFile {
    static final int MAX_ADDRESS = 4096;

    private static final int MAX_BYTES = 16 << 20;
    private static final int MAX_REDIRECTS = 3;
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final HttpClient client;
    private final boolean loopbackAllowed;

    /** @param loopbackAllowed whether http to this very machine will do; for tests and for mirrors beside the service */
    FetchedFile(
            Vertx vertx,
            @ConfigProperty(name = "centime.catalogue.loopback-allowed", defaultValue = "false")
                    boolean loopbackAllowed) {
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) DEADLINE.toMillis())
                .setVerifyHost(true)
                .setDecompressionSupported(false));
        this.loopbackAllowed = loopbackAllowed;
    }

    @PreDestroy
    void close() {
        client.close();
    }

    /** @throws Problem (as a failure) 422 when the address must not be asked or does not answer with a file, 413 when it is too large */
    Uni<byte[]> from(URI address) {
        return fetch(address, MAX_REDIRECTS)
                .ifNoItem()
                .after(DEADLINE)
                .fail()
                .onFailure(TimeoutException.class)
                .transform(late -> refused("did not answer with a file within " + DEADLINE.toSeconds() + " s"));
    }

    private Uni<byte[]> fetch(URI address, int redirects) {
        return Uni.createFrom()
                .item(() -> checked(address))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(server -> Uni.createFrom()
                        .completionStage(() -> ask(address, server).toCompletionStage()))
                .onFailure(failure -> !(failure instanceof Problem))
                .transform(failure -> refused("does not answer: " + failure.getMessage()))
                .chain(answer -> answer.redirect() == null
                        ? Uni.createFrom().item(answer.body())
                        : redirected(address, answer.redirect(), redirects));
    }

    private Uni<byte[]> redirected(URI address, String location, int redirects) {
        if (redirects == 0) {
            return Uni.createFrom().failure(refused("redirects more than " + MAX_REDIRECTS + " times"));
        }
        try {
            return fetch(address.resolve(location), redirects - 1);
        } catch (IllegalArgumentException e) {
            return Uni.createFrom().failure(refused("redirects to what is no address"));
        }
    }

    /** One address to connect to, all of the name's being harmless. Resolves the name, so not for an event loop. */
    private InetAddress checked(URI address) {
        var host = address.getHost();
        if (host == null || address.getUserInfo() != null) {
            throw refused("must be an address with a host, without user and password");
        }
        var resolved = resolve(host);
        var loopback = loopbackAllowed && java.util.Arrays.stream(resolved).allMatch(InetAddress::isLoopbackAddress);
        if (!"https".equalsIgnoreCase(address.getScheme())
                && !("http".equalsIgnoreCase(address.getScheme()) && loopback)) {
            throw refused("must be asked for by https");
        }
        for (var one : resolved) {
            if (!loopback && !PublicAddress.is(one)) {
                throw refused("must not lie in an internal network");
            }
        }
        return resolved[0];
    }

    private static InetAddress[] resolve(String host) {
        try {
            var bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
            return InetAddress.getAllByName(bare);
        } catch (java.net.UnknownHostException e) {
            throw refused("names a host that nobody knows");
        }
    }

    /** @param redirect null for a body */
    private record Answer(
            byte[] body, @org.jspecify.annotations.Nullable String redirect) {}

    private Future<Answer> ask(URI address, InetAddress server) {
        var secure = "https".equalsIgnoreCase(address.getScheme());
        var port = address.getPort() >= 0 ? address.getPort() : secure ? HTTPS_PORT : HTTP_PORT;
        var path = address.getRawPath() == null || address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        var options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setServer(SocketAddress.inetSocketAddress(port, server.getHostAddress()))
                .setHost(address.getHost())
                .setPort(port)
                .setSsl(secure)
                .setFollowRedirects(false)
                .setTimeout(DEADLINE.toMillis())
                .setURI(address.getRawQuery() == null ? path : path + "?" + address.getRawQuery());
        return client.request(options).compose(request -> request.send().compose(FetchedFile::answer));
    }

    private static Future<Answer> answer(HttpClientResponse response) {
        var location = response.getHeader("Location");
        if (response.statusCode() / 100 == 3 && location != null) {
            drop(response);
            return Future.succeededFuture(new Answer(new byte[0], location));
        }
        if (response.statusCode() != 200) {
            drop(response);
            return Future.failedFuture(refused("answers with status " + response.statusCode()));
        }
        return body(response).map(buffer -> new Answer(buffer.getBytes(), null));
    }

    /** Nobody reads the rest, nor hears that it broke off. */
    private static void drop(HttpClientResponse response) {
        response.exceptionHandler(_ -> {});
        response.request().reset();
    }

    private static Future<Buffer> body(HttpClientResponse response) {
        var whole = Promise.<Buffer>promise();
        var read = Buffer.buffer();
        response.handler(part -> {
            if (read.length() + part.length() > MAX_BYTES) {
                whole.tryFail(Problem.tooLarge("a price file may have at most " + (MAX_BYTES >> 20) + " MB"));
                response.request().reset();
            } else {
                read.appendBuffer(part);
            }
        });
        response.exceptionHandler(whole::tryFail);
        response.endHandler(end -> whole.tryComplete(read));
        return whole.future();
    }

    private static Problem refused(String reason) {
        return Problem.unprocessable("url", reason);
    }
}
