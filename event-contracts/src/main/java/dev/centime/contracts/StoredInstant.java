package dev.centime.contracts;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Instants as they are stored, {@code 2026-11-20T10:15:30.123456Z}, read without a formatter. Any other form goes the long way. */
final class StoredInstant {
    private static final String FORM = "0000-00-00T00:00:00.000000000";
    private static final int FRACTION = 20;
    private static final int SECONDS_OF_DAY = 86_400;

    private StoredInstant() {}

    static Instant read(JsonParser json, DeserializationContext context) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            var known = of(json.getText());
            if (known != null) {
                return known;
            }
        }
        return context.readValue(json, Instant.class);
    }

    /** Null for whatever is not of this form. */
    static @Nullable Instant of(String text) {
        int end = text.length() - 1;
        if (!isOfForm(text, end)) {
            return null;
        }
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        if (hour > 23 || minute > 59 || second > 59) {
            return null;
        }
        try {
            var day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
            return Instant.ofEpochSecond(
                    day.toEpochDay() * SECONDS_OF_DAY + hour * 3_600 + minute * 60 + second, nanos(text, end));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** To the second, or with one to nine digits of a fraction. */
    private static boolean isOfForm(String text, int end) {
        if (end > FORM.length() || end < FRACTION - 1 || end == FRACTION || text.charAt(end) != 'Z') {
            return false;
        }
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (FORM.charAt(i) == '0' ? c < '0' || c > '9' : c != FORM.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int nanos(String text, int end) {
        int nanos = end < FRACTION ? 0 : number(text, FRACTION, end);
        for (int i = end; i < FORM.length(); i++) {
            nanos *= 10;
        }
        return nanos;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }
}
