package dev.centime.budget;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How messages about alerts go out; {@code application.properties} maps the environment variables to these. */
@ConfigMapping(prefix = "centime.alerts")
public interface AlertDelivery {
    /** Where people reach Centime, for links ({@code CENTIME_PUBLIC_URL}). */
    URI publicUrl();

    /** Networks that may be written to although they are internal, as {@code 10.1.2.0/24} ({@code CENTIME_ALERTS_ALLOWED_NETWORKS}). */
    Optional<List<String>> allowedNetworks();

    /**
     * A file with certificates in PEM that are trusted beside those that Java trusts, for receivers and a mail server with a certificate of
     * one's own authority ({@code CENTIME_ALERTS_TRUSTED_CERTIFICATES}).
     */
    Optional<String> trustedCertificates();

    /** Messages that a replica sends at once. */
    @WithDefault("32")
    int parallel();

    /** Of these, those of one organization. */
    @WithDefault("4")
    int parallelOfOne();

    /** How long one attempt may take in all. */
    @WithDefault("15s")
    Duration patience();

    /** Bytes of an answer that are read; what comes after them is cut off. */
    @WithDefault("16384")
    int mostAnswerBytes();

    /** After so many failed attempts a message is dead. */
    @WithDefault("10")
    int attempts();

    /** The pause after the first failed attempt; each later one is four times as long. */
    @WithDefault("5s")
    Duration firstPause();

    @WithDefault("6h")
    Duration longestPause();

    /** How long messages that are over are kept to be looked at. */
    @WithDefault("30d")
    Duration kept();

    Smtp smtp();

    /** The mail server. */
    interface Smtp {
        /** Without one no mail goes out ({@code CENTIME_SMTP_HOST}). */
        Optional<String> host();

        /** ({@code CENTIME_SMTP_PORT}) */
        int port();

        /** disabled, optional, required: whether the connection is encrypted once it stands ({@code CENTIME_SMTP_STARTTLS}). */
        String starttls();

        /** Whether it is encrypted from the first byte on, as on port 465 ({@code CENTIME_SMTP_TLS}). */
        boolean tls();

        /** ({@code CENTIME_SMTP_USER}) */
        Optional<String> user();

        /** ({@code CENTIME_SMTP_PASSWORD}) */
        Optional<String> password();

        /** Whom mail comes from ({@code CENTIME_SMTP_FROM}). */
        String from();
    }
}
