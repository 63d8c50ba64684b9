package dev.centime.kit;

import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.RequestScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The caller of the request at hand. */
@RequestScoped
public class CurrentCaller {
    /** Where an authentication mechanism leaves the caller, as an attribute of the identity. */
    public static final String ATTRIBUTE = "centime.caller";

    private final SecurityIdentity identity;
    private final HttpServerRequest request;
    private final boolean behindGateway;

    CurrentCaller(
            SecurityIdentity identity,
            HttpServerRequest request,
            @ConfigProperty(name = "centime.behind-gateway") boolean behindGateway) {
        this.identity = identity;
        this.request = request;
        this.behindGateway = behindGateway;
    }

    /** @throws Problem 401 when nobody has signed in */
    public Caller get() {
        Caller caller = identity.getAttribute(ATTRIBUTE);
        if (caller == null) {
            throw Problem.unauthenticated();
        }
        return caller.from(origin());
    }

    /** The gateway tells its services what it saw; what a client says of itself the gateway has dropped. */
    private Origin origin() {
        var address = behindGateway
                ? request.getHeader(Headers.FORWARDED_FOR)
                : request.remoteAddress().hostAddress();
        return new Origin(address, request.getHeader(HttpHeaders.USER_AGENT), request.getHeader(Headers.REQUEST_ID));
    }
}
