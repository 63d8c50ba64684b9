package dev.centime.ingest.exports.store;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a store answers.
 *
 * @param etag of what was stored, null without one
 * @param date by the store's clock, null without one
 * @param body its beginning
 */
record StoreAnswer(
        int status, @Nullable String etag, @Nullable String date, String body) {
    private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);
    private static final Set<String> PASSING_CODES =
            Set.of("InternalError", "SlowDown", "ServiceUnavailable", "RequestTimeout", "OperationAborted");
    private static final int MOST_SHOWN = 200;

    /** Whether it was done. The end of an upload may be answered 200 before the store knows, and then say in the body that it was not. */
    boolean done() {
        return status / 100 == 2 && !Xml.root(body).equals("Error");
    }

    boolean passing() {
        return PASSING.contains(status)
                || code().filter(PASSING_CODES::contains).isPresent();
    }

    /** Of a moment that is too far from the store's. */
    boolean skewed() {
        return code().filter("RequestTimeTooSkewed"::equals).isPresent();
    }

    /** That there is no such upload, or no more. */
    boolean knowsNoUpload() {
        return status == 404 && code().filter("NoSuchBucket"::equals).isEmpty();
    }

    /** By the store's clock. */
    Optional<Instant> at() {
        try {
            return Xml.text(body, "ServerTime").map(Instant::parse).or(() -> Optional.ofNullable(date)
                    .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** What went wrong, in the store's words. */
    String reason() {
        var said = code().map(code ->
                        code + Xml.text(body, "Message").map(": "::concat).orElse(""))
                .orElse("");
        var elsewhere = status / 100 == 3
                        || code().filter("AuthorizationHeaderMalformed"::equals).isPresent()
                ? Xml.text(body, "Region")
                        .map(region -> "; the bucket is in the region " + region)
                        .or(() -> Xml.text(body, "Endpoint").map(endpoint -> "; its endpoint is " + endpoint))
                        .orElse(status / 100 == 3 ? "; it lies elsewhere, and nobody is followed there" : "")
                : "";
        var reason = ("the store answers " + status + (said.isEmpty() ? "" : " " + said) + elsewhere)
                .replaceAll("\\p{Cntrl}+", " ");
        return reason.codePointCount(0, reason.length()) <= MOST_SHOWN
                ? reason
                : reason.substring(0, reason.offsetByCodePoints(0, MOST_SHOWN));
    }

    private Optional<String> code() {
        return Xml.root(body).equals("Error") ? Xml.text(body, "Code") : Optional.empty();
    }
}
