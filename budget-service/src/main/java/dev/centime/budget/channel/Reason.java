package dev.centime.budget.channel;

import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Why an attempt failed, as one short line for people, without what must not be read in logs. */
final class Reason {
    private static final int MOST_CHARACTERS = 200;
    /** What is shorter is no secret, and stands in ordinary words. */
    private static final int LEAST_SECRET = 8;

    private Reason() {}

    static String of(Throwable failure) {
        var certificate = refusedCertificate(failure);
        if (certificate != null) {
            return OneLine.of(
                    "its certificate is refused: " + innermost(certificate).getMessage(), MOST_CHARACTERS);
        }
        var cause = failure;
        while (cause.getCause() != null
                && (cause instanceof CompletionException || cause instanceof ExecutionException)) {
            cause = cause.getCause();
        }
        var message = cause.getMessage();
        if (cause instanceof UnknownHostException) {
            return OneLine.of("there is no host of this name: " + message, MOST_CHARACTERS);
        }
        var name = cause.getClass().getSimpleName();
        return message == null || message.isBlank() ? name : OneLine.of(name + ": " + message, MOST_CHARACTERS);
    }

    /** What somebody answered, which may repeat what he was told. @param secrets that must not stand in it */
    static String answered(String text, Collection<String> secrets) {
        var without = text;
        for (var secret : secrets) {
            without = secret.isEmpty() ? without : without.replace(secret, "…");
        }
        return OneLine.of(without, MOST_CHARACTERS);
    }

    /** What of an address of HTTP lets one in: its path and its query, whole and in parts; the longest first. */
    static Collection<String> secretsIn(String url) {
        var uri = URI.create(url);
        Set<String> secrets = new LinkedHashSet<>();
        add(secrets, uri.getRawPath(), "/");
        add(secrets, uri.getPath(), "/");
        add(secrets, uri.getRawQuery(), "[&=]");
        add(secrets, uri.getQuery(), "[&=]");
        return secrets.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private static void add(Set<String> secrets, @Nullable String part, String between) {
        if (part == null || part.length() < 2) {
            return;
        }
        secrets.add(part);
        for (var piece : part.split(between)) {
            if (piece.length() >= LEAST_SECRET) {
                secrets.add(piece);
            }
        }
    }

    private static @Nullable Throwable refusedCertificate(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return cause;
            }
        }
        return null;
    }

    private static Throwable innermost(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
