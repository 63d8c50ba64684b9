package dev.centime.kit.problem;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DatabindException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.centime.kit.Problem;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is wrong with a JSON body, in the words of its sender: broken syntax is 400, a field that does not fit 422. */
public final class UnreadableJson {
    private UnreadableJson() {}

    public static Problem problem(JacksonException failure) {
        if (failure instanceof JsonMappingException mapping
                && mapping instanceof DatabindException
                && !(mapping.getCause() instanceof com.fasterxml.jackson.core.exc.StreamReadException)) {
            return fieldProblem(mapping);
        }
        var where = failure.getLocation();
        var place = where == null ? "" : " at line " + where.getLineNr() + ", column " + where.getColumnNr();
        return Problem.of(400, "malformed-json", "The body is not JSON", "the JSON is broken or cut off" + place)
                .field("body", "must be well-formed JSON in UTF-8");
    }

    private static Problem fieldProblem(JsonMappingException failure) {
        return Problem.unprocessable(path(failure), reason(failure));
    }

    /** The field at fault as {@code records[3].input_tokens}; {@code body} for the whole. */
    public static String path(JsonMappingException failure) {
        var path = new StringBuilder();
        for (var step : failure.getPath()) {
            if (step.getFieldName() != null) {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            } else {
                path.append('[').append(step.getIndex()).append(']');
            }
        }
        return path.isEmpty() ? "body" : path.toString();
    }

    /** Why it does not fit, without a word of the program's insides. */
    public static String reason(JsonMappingException failure) {
        if (failure instanceof ValueInstantiationException && failure.getCause() != null) {
            return refusal(failure.getCause());
        }
        if (failure instanceof InvalidFormatException format && format.getTargetType() != null) {
            return "must be " + kind(format.getTargetType());
        }
        if (failure instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return "must be " + kind(mismatch.getTargetType());
        }
        return failure.getCause() == null ? "has a value that does not fit" : refusal(failure.getCause());
    }

    /** Value types of ours refuse in words meant for the caller; anything else is not to be shown. */
    private static String refusal(Throwable cause) {
        var message = cause instanceof NumberFormatException ? null : cause.getMessage();
        return cause instanceof IllegalArgumentException && message != null && message.startsWith("must ")
                ? message
                : "has a value that does not fit";
    }

    private static String kind(Class<?> type) {
        var name = type.getSimpleName();
        if (type.isEnum()) {
            return "one of " + words(type.getEnumConstants());
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return "a whole number";
        }
        if (Number.class.isAssignableFrom(type) || type.isPrimitive() || name.equals("Money")) {
            return "a number";
        }
        return switch (name) {
            case "String" -> "text";
            case "Instant", "OffsetDateTime", "ZonedDateTime" -> "an instant such as 2026-11-22T13:00:00Z";
            case "LocalDate" -> "a date such as 2026-11-22";
            case "ZoneId", "ZoneRegion" -> "a time zone such as Europe/Berlin";
            default -> java.util.Collection.class.isAssignableFrom(type) || type.isArray() ? "a list" : "an object";
        };
    }

    private static String words(@Nullable Object[] constants) {
        return Arrays.stream(constants)
                .map(constant -> String.valueOf(constant).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
