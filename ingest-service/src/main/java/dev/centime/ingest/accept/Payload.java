package dev.centime.ingest.accept;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.centime.contracts.Money;
import dev.centime.kit.Problem.FieldError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object of a foreign format, read field by field. A field may go by several names: the first that is there counts. What does
 * not fit becomes an error that names the field by its path, and is absent.
 */
public final class Payload {
    private static final int MAX_COST_DECIMALS = 18;
    private static final int MAX_ITEMS = 100;

    private final JsonNode node;
    private final String path;
    private final Instant now;
    private final List<FieldError> errors;

    private Payload(JsonNode node, String path, Instant now, List<FieldError> errors) {
        this.node = node;
        this.path = path;
        this.now = now;
        this.errors = errors;
    }

    /** @param now the moment of receipt */
    public static Payload of(JsonNode node, Instant now) {
        var payload = new Payload(node, "", now, new ArrayList<>(0));
        if (!node.isObject()) {
            payload.error("record", "must be an object");
        }
        return payload;
    }

    /** All that was found wrong, here and in the objects within. */
    public List<FieldError> errors() {
        return errors;
    }

    /** @param name of the field at fault */
    public void error(String name, String reason) {
        if (errors.size() < MAX_ITEMS) {
            errors.add(new FieldError(pathOf(name), reason));
        }
    }

    public JsonNode node() {
        return node;
    }

    /** Whether one of these fields is there and not null. */
    public boolean has(String... names) {
        return first(names) != null;
    }

    /** Whether it has no field at all. */
    public boolean isEmpty() {
        return node.isEmpty();
    }

    /** What identifies something: text of at most so many characters, else an error. Blank is absent. */
    public @Nullable String text(int maxLength, String... names) {
        return read(names, (fields, field) -> fields.text(field, maxLength));
    }

    /**
     * What merely describes something, never refused: numbers and flags are taken as they are written, control characters become
     * spaces, what is too long is cut. Blank is absent.
     */
    public @Nullable String label(int maxLength, String... names) {
        var name = first(names);
        return name == null ? null : Labels.of(node.get(name), maxLength);
    }

    /** The texts of an array, as {@link #label} reads them; at most a hundred. Anything but an array is none. */
    public List<String> labels(String name, int maxLength) {
        var labels = new ArrayList<String>();
        var array = node.path(name);
        for (int i = 0; i < Math.min(array.isArray() ? array.size() : 0, MAX_ITEMS); i++) {
            var label = Labels.of(array.get(i), maxLength);
            if (label != null) {
                labels.add(label);
            }
        }
        return labels;
    }

    /** A count; 0 when there is none. */
    public long count(String... names) {
        Long count = read(names, (fields, field) -> fields.count(field, 0, Fields.MAX_TOKENS));
        return count == null ? 0 : count;
    }

    /** US dollars from a text or a number. Binary fractions, as JavaScript and Python write them, are kept to 18 decimals. */
    public @Nullable Money cost(String... names) {
        return read(names, (fields, field) -> {
            var written = fields.decimal(field);
            return written == null ? null : dollars(field, written);
        });
    }

    /** US dollars from an amount of cents, otherwise as {@link #cost}. */
    public @Nullable Money cents(String... names) {
        return read(names, (fields, field) -> {
            var written = fields.decimal(field);
            return written == null ? null : dollars(field, written.movePointLeft(2));
        });
    }

    private @Nullable Money dollars(String field, BigDecimal written) {
        try {
            return Money.of(
                    written.scale() > MAX_COST_DECIMALS
                            ? written.setScale(MAX_COST_DECIMALS, RoundingMode.HALF_EVEN)
                            : written);
        } catch (IllegalArgumentException e) {
            errors.add(new FieldError(field, String.valueOf(e.getMessage())));
            return null;
        }
    }

    /** A number of seconds since 1970, with its fraction, or an instant as text; without an offset it is UTC. */
    public @Nullable Instant instant(String... names) {
        return read(names, Moments::read);
    }

    /** A moment that was read already, when it is within what a call's may be; else an error. */
    public @Nullable Instant within(String name, Instant moment) {
        return new Fields(node.traverse(), now, errors).within(pathOf(name), moment);
    }

    public @Nullable Boolean flag(String... names) {
        return read(names, Fields::flag);
    }

    /** The object of a name; an empty one when there is none, or when something else is there, which is an error. */
    public Payload object(String... names) {
        var name = first(names);
        var inner = name == null ? JsonNodeFactory.instance.objectNode() : node.get(name);
        if (!inner.isObject()) {
            error(String.valueOf(name), "must be an object");
            inner = JsonNodeFactory.instance.objectNode();
        }
        return new Payload(inner, pathOf(name == null ? names[0] : name), now, errors);
    }

    /** The object of a name; an empty one when there is none or something else is there. */
    public Payload objectIfAny(String name) {
        return node.path(name).isObject() ? object(name) : with(JsonNodeFactory.instance.objectNode());
    }

    /** This without all but some of its fields. */
    public Payload only(String... names) {
        var some = JsonNodeFactory.instance.objectNode();
        for (var name : names) {
            if (node.hasNonNull(name)) {
                some.set(name, node.get(name));
            }
        }
        return with(some);
    }

    /** This with another tree, under the same path. */
    Payload with(JsonNode other) {
        return new Payload(other, path, now, errors);
    }

    /** The objects of an array; other elements, and anything but an array, are an error. */
    public List<Payload> objects(String name) {
        var found = new ArrayList<Payload>();
        var array = node.path(name);
        if (!array.isArray() && !array.isNull() && !array.isMissingNode()) {
            error(name, "must be an array");
        }
        for (int i = 0; i < Math.min(array.isArray() ? array.size() : 0, MAX_ITEMS); i++) {
            if (array.get(i).isObject()) {
                found.add(new Payload(array.get(i), pathOf(name + "[" + i + "]"), now, errors));
            } else {
                error(name + "[" + i + "]", "must be an object");
            }
        }
        return found;
    }

    @FunctionalInterface
    private interface Read<T> {
        @Nullable
        T of(Fields fields, String field) throws IOException;
    }

    private <T> @Nullable T read(String[] names, Read<T> read) {
        var name = first(names);
        if (name == null) {
            return null;
        }
        try (JsonParser value = node.get(name).traverse()) {
            value.nextToken();
            return read.of(new Fields(value, now, errors), pathOf(name));
        } catch (IOException e) {
            // A tree in memory does no input.
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable String first(String... names) {
        for (var name : names) {
            if (node.hasNonNull(name)) {
                return name;
            }
        }
        return null;
    }

    private String pathOf(String name) {
        // Names may be the sender's, and the path goes back to him: what cannot be written out must not be in it.
        var readable = Labels.of(name, MAX_ITEMS);
        var last = readable == null ? "?" : readable;
        return path.isEmpty() ? last : path + "." + last;
    }
}
