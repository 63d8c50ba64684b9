package dev.centime.gateway.route;

import dev.centime.gateway.GatewaySettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Connections to the services, kept open and bounded for each, so that a slow one takes none from the others. */
@ApplicationScoped
public class ServiceConnections {
    private static final int CONNECTIONS = 64;
    private static final int WAITING = 256;

    /** Shorter than the services keep theirs, so that none is used that the other end is just closing. */
    private static final int KEPT_SECONDS = 20;

    private final Map<Service, Peer> peers = new EnumMap<>(Service.class);

    ServiceConnections(Vertx vertx, GatewaySettings settings) {
        var options = new HttpClientOptions()
                .setConnectTimeout((int) settings.timeouts().connect().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout((int) settings.timeouts().idle().toMillis())
                .setKeepAliveTimeout(KEPT_SECONDS)
                .setMaxWaitQueueSize(WAITING);
        for (var service : Service.values()) {
            var address = settings.services().get(service.text());
            if (address == null) {
                throw new IllegalStateException("centime.gateway.services." + service.text() + " is not set");
            }
            var client = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(CONNECTIONS));
            peers.put(service, new Peer(client, address));
        }
    }

    private record Peer(HttpClient client, URI address) {}

    /** A request to a service, yet to be sent. @param target path and query */
    public Future<HttpClientRequest> request(Service service, String method, String target, Duration idle) {
        var peer = Objects.requireNonNull(peers.get(service));
        var address = peer.address();
        return peer.client()
                .request(new RequestOptions()
                        .setMethod(HttpMethod.valueOf(method))
                        .setHost(address.getHost())
                        .setPort(address.getPort() < 0 ? 80 : address.getPort())
                        .setSsl("https".equals(address.getScheme()))
                        .setURI(target)
                        .setIdleTimeout(idle.toMillis()));
    }
}
