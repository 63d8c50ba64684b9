package dev.centime.kit;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The version of a thing that can be edited, as ETag out and If-Match in. */
public final class Revision {
    private Revision() {}

    /** A strong ETag, with its quotes. */
    public static String etag(long revision) {
        return "\"" + revision + "\"";
    }

    /**
     * Lets a change pass only when the caller has seen the newest version.
     *
     * @param ifMatch the header; {@code *} for whatever the version is
     * @throws Problem 428 without the header, 412 when it names other versions only
     */
    public static void require(@Nullable String ifMatch, long current) {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw Problem.preconditionRequired();
        }
        var matches = Arrays.stream(ifMatch.split(","))
                .map(String::strip)
                .anyMatch(tag -> tag.equals("*") || tag.equals(etag(current)));
        if (!matches) {
            throw Problem.stale("the newest version is " + etag(current) + "; read it and decide again");
        }
    }
}
