package dev.centime.budget.accept;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.budget.PathId;
import dev.centime.contracts.Money;
import dev.centime.kit.Problem.FieldError;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object, read one by one. What is wrong with one is noted and the reading goes on, so that the caller
 * learns of everything at once. A field that is absent and one that is null are the same.
 */
final class Fields {
    private static final int MAX_DIGITS = 100;

    private final JsonNode object;
    private final String path;
    private final List<FieldError> errors;

    private Fields(JsonNode object, String path, List<FieldError> errors) {
        this.object = object;
        this.path = path;
        this.errors = errors;
    }

    static Fields of(ObjectNode body, List<FieldError> errors) {
        return new Fields(body, "", errors);
    }

    boolean has(String name) {
        return object.hasNonNull(name);
    }

    /** Whether it is said at all, be it null. */
    boolean names(String name) {
        return object.has(name);
    }

    boolean isEmptyList(String name) {
        var node = object.path(name);
        return node.isArray() && node.isEmpty();
    }

    boolean isText(String name, String text) {
        return text.equals(object.path(name).textValue());
    }

    void wrong(String name, String reason) {
        errors.add(new FieldError(path + name, reason));
    }

    <T> Optional<T> required(String name, Optional<T> value) {
        if (!has(name)) {
            wrong(name, "is required");
        }
        return value;
    }

    Optional<String> text(String name, int maxLength) {
        return read(name, node -> text(node, maxLength));
    }

    /** What can stand in a path as it is. */
    Optional<String> id(String name) {
        return read(name, node -> {
            check(
                    node.isTextual() && PathId.isOne(node.textValue()),
                    "must be 1 to 200 letters, digits, dots, colons, hyphens or underscores");
            return node.textValue();
        });
    }

    Optional<Boolean> bool(String name) {
        return read(name, node -> {
            check(node.isBoolean(), "must be true or false");
            return node.booleanValue();
        });
    }

    Optional<Integer> integer(String name, int least, int most) {
        return read(name, node -> {
            check(
                    node.isIntegralNumber()
                            && node.canConvertToInt()
                            && node.intValue() >= least
                            && node.intValue() <= most,
                    "must be a whole number from " + least + " to " + most);
            return node.intValue();
        });
    }

    /** All amounts are US dollars: who says that he means others is refused, not misread. */
    void inDollars() {
        read("currency", node -> {
            check("USD".equalsIgnoreCase(node.textValue()), "must be USD: all amounts are US dollars");
            return node;
        });
    }

    /** A decimal, as string or number. */
    Optional<BigDecimal> decimal(String name) {
        return read(name, Fields::decimal);
    }

    /** US dollars, as string or number. */
    Optional<Money> money(String name) {
        return read(name, node -> Money.of(decimal(node)));
    }

    Optional<LocalDate> date(String name) {
        return read(name, node -> {
            check(node.isTextual(), "must be a date such as 2026-11-22");
            try {
                return LocalDate.parse(node.textValue());
            } catch (DateTimeParseException e) {
                throw new Wrong("must be a date such as 2026-11-22");
            }
        });
    }

    Optional<Instant> instant(String name) {
        return read(name, node -> {
            check(node.isTextual(), "must be an instant such as 2026-11-22T13:00:00Z");
            try {
                return Instant.parse(node.textValue());
            } catch (DateTimeParseException e) {
                throw new Wrong("must be an instant such as 2026-11-22T13:00:00Z");
            }
        });
    }

    /** One of an enum's names, in lower case. */
    <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> type) {
        return read(name, node -> oneOf(node, type));
    }

    <E extends Enum<E>> Optional<List<E>> listOf(String name, Class<E> type) {
        return read(name, node -> elements(name, node, element -> oneOf(element, type)));
    }

    Optional<List<String>> texts(String name, int maxLength) {
        return read(name, node -> elements(name, node, element -> text(element, maxLength)));
    }

    /** As {@link #texts}, where one value may stand without a list around it. */
    Optional<List<String>> oneOrMore(String name, int maxLength) {
        return object.path(name).isTextual() ? text(name, maxLength).map(List::of) : texts(name, maxLength);
    }

    /** A nested object. */
    Optional<Fields> fields(String name) {
        return read(name, node -> {
            check(node.isObject(), "must be an object");
            return new Fields(node, path + name + ".", errors);
        });
    }

    /** A list of objects. */
    <T> Optional<List<T>> objects(String name, Function<Fields, T> reader) {
        return read(
                name,
                node -> elements(name, node, (element, index) -> {
                    check(element.isObject(), "must be an object");
                    return reader.apply(new Fields(element, path + name + "[" + index + "].", errors));
                }));
    }

    List<String> names() {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private <T> Optional<T> read(String name, Function<JsonNode, @Nullable T> reader) {
        return has(name) ? attempt(name, () -> reader.apply(object.get(name))) : Optional.empty();
    }

    private <T> Optional<T> attempt(String name, java.util.function.Supplier<@Nullable T> reader) {
        try {
            return Optional.ofNullable(reader.get());
        } catch (Wrong e) {
            wrong(name, e.getMessage());
        } catch (IllegalArgumentException e) { // what a value type says of a value that it refuses
            wrong(name, String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    private <T> List<T> elements(String name, JsonNode list, Function<JsonNode, T> reader) {
        return elements(name, list, (node, index) -> reader.apply(node));
    }

    private <T> List<T> elements(String name, JsonNode list, BiFunction<JsonNode, Integer, T> reader) {
        check(list.isArray(), "must be a list");
        check(list.size() <= 100, "must have at most 100 elements");
        var values = new ArrayList<T>();
        for (int index = 0; index < list.size(); index++) {
            var at = index;
            attempt(name + "[" + index + "]", () -> reader.apply(list.get(at), at))
                    .ifPresent(values::add);
        }
        return values;
    }

    private static String text(JsonNode node, int maxLength) {
        check(node.isTextual(), "must be a string");
        var text = node.textValue();
        check(!text.isBlank() && text.length() <= maxLength, "must have 1 to " + maxLength + " characters");
        check(isClean(text), "must not have control characters or halves of characters");
        return text.strip();
    }

    static boolean isClean(String text) {
        return text.codePoints()
                .noneMatch(point -> Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE);
    }

    private static BigDecimal decimal(JsonNode node) {
        check(node.isTextual() || node.isNumber(), "must be a decimal number");
        var text = node.asText();
        check(text.length() <= MAX_DIGITS, "must have at most " + MAX_DIGITS + " characters");
        try {
            var decimal = new BigDecimal(text);
            // Written out, 1e999999999 would fill the memory.
            check(Math.abs((long) decimal.scale()) <= MAX_DIGITS, "must be a decimal number of usual size");
            return decimal;
        } catch (NumberFormatException e) {
            throw new Wrong("must be a decimal number");
        }
    }

    private static <E extends Enum<E>> E oneOf(JsonNode node, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> node.isTextual()
                        && each.name().toLowerCase(java.util.Locale.ROOT).equals(node.textValue()))
                .findFirst()
                .orElseThrow(() -> new Wrong("must be one of " + names(type)));
    }

    private static String names(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(each -> each.name().toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new Wrong(otherwise);
        }
    }

    private static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Wrong(String reason) {
            super(reason, null, false, false);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
