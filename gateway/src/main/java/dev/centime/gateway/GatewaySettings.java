package dev.centime.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Every key that is the gateway's own; {@code application.properties} maps the environment variables to them. */
@ConfigMapping(prefix = "centime.gateway")
public interface GatewaySettings {
    /** The key of the platform admin ({@code CENTIME_ADMIN_KEY}). Another one at a later start takes the place of the one before. */
    Optional<String> adminKey();

    /** Where the key lies that tokens are signed with ({@code CENTIME_SIGNING_KEY}); made with mode 600 when missing. */
    Path signingKey();

    /** Where the services are, by name ({@code CENTIME_INGEST_URL} and so on). */
    Map<String, URI> services();

    /** How long a session lasts after sign-in ({@code CENTIME_SESSION_LIFETIME}). */
    @WithDefault("12h")
    Duration sessionLifetime();

    /** Whether the session cookie goes over TLS only ({@code CENTIME_SECURE_COOKIES}): true where TLS ends before the gateway. */
    @WithDefault("false")
    boolean secureCookies();

    Rate rate();

    Timeouts timeouts();

    /** How often one key may call: generous, since a program that reports every call by itself is as it should be. */
    interface Rate {
        /** Calls a second over time ({@code CENTIME_RATE_PER_SECOND}). */
        @WithDefault("10000")
        int perSecond();

        /** Calls at once after a pause ({@code CENTIME_RATE_BURST}). */
        @WithDefault("20000")
        int burst();
    }

    /** How long the gateway waits for a service. */
    interface Timeouts {
        @WithDefault("2s")
        Duration connect();

        /** Without a byte in either direction. */
        @WithDefault("60s")
        Duration idle();

        /** For one part of a combined answer. */
        @WithDefault("4s")
        Duration section();
    }
}
