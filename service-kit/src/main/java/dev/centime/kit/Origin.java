package dev.centime.kit;

import org.jspecify.annotations.Nullable;

/**
 * Where a request came from.
 *
 * @param address of the client as the gateway saw it; null when nobody says so
 * @param userAgent what the client calls itself, cut to a length that can be kept; null when it does not
 * @param requestId tells this request from others; null when there is none
 */
public record Origin(
        @Nullable String address,
        @Nullable String userAgent,
        @Nullable String requestId) {
    /** Of what no request asked for. */
    public static final Origin NONE = new Origin(null, null, null);

    private static final int MOST = 200;

    public Origin {
        userAgent = userAgent == null ? null : printable(userAgent);
    }

    private static String printable(String text) {
        return text.substring(0, Math.min(MOST, text.length())).replaceAll("[^ -~]", "?");
    }
}
