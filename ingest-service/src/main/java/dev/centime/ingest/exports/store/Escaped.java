package dev.centime.ingest.exports.store;

import java.nio.charset.StandardCharsets;

/** Text as it stands in the address of a request, escaped as the signature wants it: every byte but those of letters, digits and {@code -._~}. */
final class Escaped {
    private static final String PLAIN = "-._~";

    private Escaped() {}

    /** A name or value of a query. */
    static String value(String text) {
        return escaped(text, PLAIN);
    }

    /** A path, whose slashes stay. */
    static String path(String text) {
        return escaped(text, PLAIN + "/");
    }

    private static String escaped(String text, String plain) {
        var escaped = new StringBuilder();
        for (var each : text.getBytes(StandardCharsets.UTF_8)) {
            var letter = (char) (each & 0xff);
            if (letter < 0x80 && (Character.isLetterOrDigit(letter) || plain.indexOf(letter) >= 0)) {
                escaped.append(letter);
            } else {
                escaped.append('%').append(String.format("%02X", each & 0xff));
            }
        }
        return escaped.toString();
    }
}
