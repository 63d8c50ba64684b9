package dev.centime.gateway.route;

import io.vertx.core.MultiMap;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which headers go through the door, either way. X-Organization does: the door let it pass only where it names the organization
 * that the token is for, and a price of that organization is told by it from one of the catalogue.
 */
final class ForwardedHeaders {
    /** They are about one connection, and the gateway has two (RFC 9110, 7.6.1). */
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "expect");

    /** The door has dealt with them, or they would let a caller pretend to be the door. */
    private static final Set<String> NOT_IN = Set.of(
            "authorization",
            "cookie",
            "host",
            "x-csrf-token",
            "forwarded",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto",
            "x-forwarded-prefix",
            "x-real-ip");

    private static final Set<String> NOT_OUT = Set.of("set-cookie", "server", "www-authenticate");

    private ForwardedHeaders() {}

    static void in(MultiMap from, MultiMap to) {
        copy(from, to, NOT_IN);
    }

    static void out(MultiMap from, MultiMap to) {
        copy(from, to, NOT_OUT);
    }

    private static void copy(MultiMap from, MultiMap to, Set<String> dropped) {
        var named = from.getAll("connection").stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        from.forEach((name, value) -> {
            var lower = name.toLowerCase(Locale.ROOT);
            if (!HOP_BY_HOP.contains(lower) && !dropped.contains(lower) && !named.contains(lower)) {
                to.add(name, value);
            }
        });
    }
}
