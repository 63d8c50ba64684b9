package dev.centime.ingest.accept;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.centime.contracts.Money;
import dev.centime.kit.Problem.FieldError;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of one record's fields, read by type. What does not fit becomes an error that names the field, and reading goes on,
 * so that a caller hears of everything at once.
 */
final class Fields {
    static final long MAX_TOKENS = 100_000_000_000L;
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Duration AHEAD = Duration.ofDays(1);
    private static final BigDecimal MAX_DOLLARS = new BigDecimal("1000000000");
    private static final BigDecimal MAX_UNITS = new BigDecimal("1000000000000");
    private static final int MAX_UNITS_DECIMALS = 9;
    private static final int MAX_NUMBER_LENGTH = 60;
    private static final int MAX_ERRORS = 50;

    private final JsonParser json;
    private final Instant now;
    private final List<FieldError> errors;

    Fields(JsonParser json, Instant now) {
        this(json, now, new ArrayList<>(0));
    }

    /** @param errors what is wrong is added to these */
    Fields(JsonParser json, Instant now, List<FieldError> errors) {
        this.json = json;
        this.now = now;
        this.errors = errors;
    }

    List<FieldError> errors() {
        return errors;
    }

    void error(String field, String reason) {
        if (errors.size() < MAX_ERRORS) {
            errors.add(new FieldError(field, reason));
        }
    }

    /** Text without control characters; blank is absent. */
    @Nullable
    String text(String field, int maxLength) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            return refused(field, "must be text");
        }
        if (json.getTextLength() > maxLength) {
            error(field, "must have at most " + maxLength + " characters");
            return null;
        }
        var text = json.getText();
        if (!readable(text)) {
            error(field, "must be valid text without control characters");
            return null;
        }
        return text.isBlank() ? null : text;
    }

    private static boolean readable(String text) {
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (Character.isISOControl(c) || Character.isLowSurrogate(c)) {
                return false;
            }
            if (Character.isHighSurrogate(c) && (++i == text.length() || !Character.isLowSurrogate(text.charAt(i)))) {
                return false;
            }
        }
        return true;
    }

    /** A whole number from {@code min} to {@code max}. */
    @Nullable
    Long count(String field, long min, long max) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (!json.currentToken().isNumeric()) {
            return refused(field, "must be a whole number");
        }
        var number = number();
        if (number == null || number.stripTrailingZeros().scale() > 0) {
            error(field, "must be a whole number from " + min + " to " + max);
            return null;
        }
        if (number.signum() < 0 && min >= 0) {
            error(field, "must not be negative");
            return null;
        }
        if (number.compareTo(BigDecimal.valueOf(min)) < 0 || number.compareTo(BigDecimal.valueOf(max)) > 0) {
            error(field, "must be from " + min + " to " + max);
            return null;
        }
        return number.longValueExact();
    }

    /** US dollars, as a string or a number. */
    @Nullable
    Money dollars(String field) throws IOException {
        var amount = decimal(field);
        if (amount == null) {
            return null;
        }
        try {
            return Money.of(amount);
        } catch (IllegalArgumentException e) {
            error(field, String.valueOf(e.getMessage()));
            return null;
        }
    }

    @Nullable
    BigDecimal units(String field) throws IOException {
        return decimal(field, "must be a number", MAX_UNITS, MAX_UNITS_DECIMALS);
    }

    /** An amount of US dollars with as many decimals as it is written with. */
    @Nullable
    BigDecimal decimal(String field) throws IOException {
        return decimal(field, "must be an amount of US dollars", MAX_DOLLARS, Integer.MAX_VALUE);
    }

    /** A number or a text as it is written, when it is a short one. */
    @Nullable
    String scalar(String field, String reason) throws IOException {
        var written = json.currentToken().isNumeric() || json.currentToken() == JsonToken.VALUE_STRING;
        return written && json.getTextLength() <= MAX_NUMBER_LENGTH
                ? json.getText().strip()
                : refused(field, reason);
    }

    private @Nullable BigDecimal decimal(String field, String kind, BigDecimal max, int maxDecimals)
            throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (!json.currentToken().isNumeric() && json.currentToken() != JsonToken.VALUE_STRING) {
            return refused(field, kind);
        }
        var number = number();
        if (number == null) {
            error(field, kind);
        } else if (number.signum() < 0) {
            error(field, "must not be negative");
        } else if (number.compareTo(max) > 0) {
            error(field, "must be at most " + max.toPlainString());
        } else if (number.stripTrailingZeros().scale() > maxDecimals) {
            error(field, "must have at most " + maxDecimals + " digits after the decimal point");
        } else {
            return number;
        }
        return null;
    }

    /** The number at hand if it is one of a size that anything could have; written out, 1e999999999 would fill the memory. */
    private @Nullable BigDecimal number() throws IOException {
        if (json.getTextLength() > MAX_NUMBER_LENGTH) {
            return null;
        }
        try {
            if (json.currentToken() == JsonToken.VALUE_NUMBER_INT && json.getTextLength() < 18) {
                return BigDecimal.valueOf(json.getLongValue());
            }
            var number = new BigDecimal(json.getText().strip());
            return Math.abs((long) number.scale()) > MAX_NUMBER_LENGTH ? null : number;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** A moment within what a call's may be: from the year 2000 to a day ahead; else an error. To the microsecond. */
    @Nullable
    Instant within(String field, Instant instant) {
        if (instant.isBefore(FIRST) || instant.isAfter(now.plus(AHEAD))) {
            error(field, "must be from " + FIRST + " to a day ahead of now");
            return null;
        }
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    /** An instant with its offset, to the microsecond, from the year 2000 to a day ahead. */
    @Nullable
    Instant instant(String field) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (json.currentToken() != JsonToken.VALUE_STRING || json.getTextLength() > MAX_NUMBER_LENGTH) {
            return refused(field, "must be an instant such as 2026-11-22T13:00:00Z");
        }
        try {
            return within(field, OffsetDateTime.parse(json.getText()).toInstant());
        } catch (DateTimeException e) {
            error(field, "must be an instant such as 2026-11-22T13:00:00Z");
            return null;
        }
    }

    @Nullable
    Boolean flag(String field) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> refused(field, "must be true or false");
        };
    }

    /** One of some words, in lower case. */
    @Nullable
    String word(String field, List<String> allowed) throws IOException {
        var text = text(field, MAX_NUMBER_LENGTH);
        if (text != null && !allowed.contains(text)) {
            error(field, "must be one of " + String.join(", ", allowed));
            return null;
        }
        return text;
    }

    /** Counts by name. */
    Map<String, Long> counts(String field, int maxEntries, int maxNameLength) throws IOException {
        var counts = new HashMap<String, Long>();
        entries(field, maxEntries, maxNameLength, name -> {
            var count = count(field + "." + name, 0, MAX_TOKENS);
            if (count != null) {
                counts.put(name, count);
            }
        });
        return counts;
    }

    /** Texts by key; numbers and flags are taken as the text they are written as. */
    Map<String, String> texts(String field, int maxEntries, int maxKeyLength, int maxLength) throws IOException {
        var texts = new HashMap<String, String>();
        entries(field, maxEntries, maxKeyLength, key -> {
            var plain = json.currentToken().isNumeric() || json.currentToken().isBoolean();
            var text = plain && json.getTextLength() <= MAX_NUMBER_LENGTH
                    ? json.getText()
                    : text(field + "." + key, maxLength);
            if (text != null) {
                texts.put(key, text);
            }
        });
        return texts;
    }

    /** Tags as every record may carry them. */
    Map<String, String> tags(String field) throws IOException {
        return texts(field, 32, 64, 256);
    }

    List<String> list(String field, int maxItems, int maxLength) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return List.of();
        }
        if (json.currentToken() != JsonToken.START_ARRAY) {
            refused(field, "must be an array of texts");
            return List.of();
        }
        var items = new ArrayList<String>();
        for (int index = 0; json.nextToken() != JsonToken.END_ARRAY; index++) {
            if (index == maxItems) {
                error(field, "must have at most " + maxItems + " items");
            }
            if (index >= maxItems) {
                json.skipChildren();
            } else {
                var item = text(field + "[" + index + "]", maxLength);
                if (item != null) {
                    items.add(item);
                }
            }
        }
        return items;
    }

    @FunctionalInterface
    private interface Entry {
        void read(String name) throws IOException;
    }

    private void entries(String field, int maxEntries, int maxNameLength, Entry entry) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (json.currentToken() != JsonToken.START_OBJECT) {
            refused(field, "must be an object");
            return;
        }
        for (int index = 0; json.nextToken() != JsonToken.END_OBJECT; index++) {
            var name = json.currentName();
            json.nextToken();
            if (index == maxEntries) {
                error(field, "must have at most " + maxEntries + " entries");
            }
            if (index >= maxEntries) {
                json.skipChildren();
            } else if (name.isBlank() || name.length() > maxNameLength || !readable(name)) {
                refused(field, "must have names of 1 to " + maxNameLength + " readable characters");
            } else {
                entry.read(name);
            }
        }
    }

    private <T> @Nullable T refused(String field, String reason) throws IOException {
        error(field, reason);
        json.skipChildren();
        return null;
    }
}
