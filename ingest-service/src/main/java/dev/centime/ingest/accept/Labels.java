package dev.centime.ingest.accept;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Descriptive text from elsewhere, made to fit rather than refused: a tag too long is no reason to lose what a call cost. */
public final class Labels {
    private Labels() {}

    /** A text, number or flag; null for anything else and when nothing readable is left. */
    static @Nullable String of(JsonNode value, int maxLength) {
        return value.isValueNode() && !value.isNull() ? of(value.asText(), maxLength) : null;
    }

    /** Whether a text is of 1 to so many characters, all readable. */
    public static boolean isReadable(String text, int maxLength) {
        return text.equals(of(text, maxLength));
    }

    /** Without control characters and lone surrogates, cut to a length; null when nothing is left. */
    public static @Nullable String of(String text, int maxLength) {
        var readable = new StringBuilder(Math.min(text.length(), maxLength));
        for (int i = 0; i < text.length(); ) {
            var point = text.codePointAt(i);
            if (readable.length() + Character.charCount(point) > maxLength) {
                break;
            }
            readable.appendCodePoint(
                    Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE ? ' ' : point);
            i += Character.charCount(point);
        }
        var label = readable.toString().strip();
        return label.isEmpty() ? null : label;
    }
}
