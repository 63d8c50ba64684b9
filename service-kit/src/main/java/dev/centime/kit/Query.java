package dev.centime.kit;

import dev.centime.contracts.Money;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.UriInfo;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The query of the request at hand, read by type. What cannot be read is a 400 that names the parameter, which JAX-RS's own
 * conversion would answer with 404 and no name.
 */
@RequestScoped
public class Query {
    private static final int MAX_VALUE_LENGTH = 1024;
    private static final int MAX_VALUES = 100;
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 1000;
    private static final String CURSOR = "cursor";

    private final UriInfo uri;

    Query(UriInfo uri) {
        this.uri = uri;
    }

    /** Every value of a parameter, in order; empty without one. */
    public List<String> all(String name) {
        var values = uri.getQueryParameters().getOrDefault(name, List.of());
        if (values.size() > MAX_VALUES) {
            throw Problem.badRequest(name, "must be given at most " + MAX_VALUES + " times");
        }
        values.forEach(value -> check(name, value));
        return List.copyOf(values);
    }

    /** Every parameter whose name begins with a prefix, by full name. */
    public Map<String, List<String>> startingWith(String prefix) {
        var found = new TreeMap<String, List<String>>();
        for (var name : uri.getQueryParameters().keySet()) {
            if (name.startsWith(prefix)) {
                check(name, name);
                found.put(name, all(name));
            }
        }
        return found;
    }

    public Optional<String> text(String name) {
        var values = all(name);
        if (values.size() > 1) {
            throw Problem.badRequest(name, "must be given once");
        }
        return values.stream().findFirst();
    }

    /** @throws Problem 400 outside {@code min} to {@code max}, both included */
    public int integer(String name, int defaultValue, int min, int max) {
        return text(name).map(text -> bounded(name, text, min, max)).orElse(defaultValue);
    }

    public Optional<Instant> instant(String name) {
        return text(name).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                throw Problem.badRequest(name, "must be an instant such as 2026-11-22T13:00:00Z");
            }
        });
    }

    public Optional<LocalDate> date(String name) {
        return text(name).map(text -> {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeException e) {
                throw Problem.badRequest(name, "must be a date such as 2026-11-22");
            }
        });
    }

    /** A parameter that other reads know and this one does not: passed over, it would be taken for heeded. */
    public void refuse(String name, String reason) {
        if (uri.getQueryParameters().containsKey(name)) {
            throw Problem.badRequest(name, reason);
        }
    }

    /** US dollars. */
    public Optional<Money> money(String name) {
        return text(name).map(text -> {
            try {
                return Money.of(text);
            } catch (IllegalArgumentException e) {
                throw Problem.badRequest(name, "must be an amount such as 0.25");
            }
        });
    }

    public boolean flag(String name, boolean defaultValue) {
        return text(name)
                .map(text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw Problem.badRequest(name, "must be true or false");
                })
                .orElse(defaultValue);
    }

    /** One of some words. @return null without the parameter */
    public @Nullable String word(String name, List<String> allowed) {
        var text = text(name).orElse(null);
        if (text != null && !allowed.contains(text)) {
            throw Problem.badRequest(name, "must be one of " + String.join(", ", allowed));
        }
        return text;
    }

    /** How many items a page may have: 50 unless asked for, at most 1000. */
    public int limit() {
        return integer("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
    }

    /** The order asked for, by one of some names; {@code -} before it for descending. */
    public Sort sort(List<String> allowed, Sort defaultSort) {
        return text("sort")
                .map(text -> {
                    var descending = text.startsWith("-");
                    var name = descending ? text.substring(1) : text;
                    if (!allowed.contains(name)) {
                        throw Problem.badRequest(
                                "sort", "must be one of " + String.join(", ", allowed) + ", with - for descending");
                    }
                    return new Sort(name, descending);
                })
                .orElse(defaultSort);
    }

    /**
     * Where the page before ended; empty for the first page.
     *
     * @param read all its keys, in the order in which {@link #nextCursor} was told them
     */
    public <T> Optional<T> cursor(Caller caller, Function<PageEnd, T> read) {
        return sentCursor().map(text -> {
            var end = new PageEnd(Cursor.decode(fingerprint(caller), text));
            var place = read.apply(end);
            end.checkAllRead();
            return place;
        });
    }

    /** Longer than other values: of two names of 256 characters, each of three bytes, it has 2,100. What is too long is refused there. */
    private Optional<String> sentCursor() {
        var values = uri.getQueryParameters().getOrDefault(CURSOR, List.of());
        if (values.size() > 1) {
            throw Problem.badRequest(CURSOR, "must be given once");
        }
        return values.stream().findFirst();
    }

    /** A cursor that only the same query of the same organization takes. @param keys of the last item, in sort order */
    public String nextCursor(Caller caller, List<String> keys) {
        return Cursor.encode(fingerprint(caller), keys);
    }

    /**
     * A page of a list.
     *
     * @param found one more than the limit when there is another page
     * @param keys of an item, in sort order, for the cursor
     */
    public <T> Page<T> page(Caller caller, List<T> found, int limit, Function<? super T, List<String>> keys) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        var shown = found.subList(0, limit);
        return new Page<>(shown, nextCursor(caller, keys.apply(shown.getLast())));
    }

    /** What is asked, without which page of it. */
    private String fingerprint(Caller caller) {
        var asked = new TreeMap<String, List<String>>(uri.getQueryParameters());
        asked.remove(CURSOR);
        asked.remove("limit");
        return caller.organization() + " " + uri.getPath() + " " + asked;
    }

    private static int bounded(String name, String text, int min, int max) {
        try {
            var number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number out of bounds.
        }
        throw Problem.badRequest(name, "must be a whole number from " + min + " to " + max);
    }

    private static void check(String name, String value) {
        if (value.length() > MAX_VALUE_LENGTH) {
            throw Problem.badRequest(name, "must have at most " + MAX_VALUE_LENGTH + " characters");
        }
        if (value.indexOf('\0') >= 0 || value.chars().anyMatch(c -> Character.isSurrogate((char) c)) && broken(value)) {
            throw Problem.badRequest(name, "must be valid text without NUL");
        }
    }

    private static boolean broken(String value) {
        return value.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    /** An order. */
    public record Sort(String name, boolean descending) {}
}
