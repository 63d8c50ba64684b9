package dev.centime.ingest.exports;

import dev.centime.contracts.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column of an export, the same in every format.
 *
 * @param kind what its values are, which says how a format writes them
 * @param value of a row, null for none
 */
record Column<T>(String name, Kind kind, Function<T, @Nullable Object> value) {
    /** What a value is. */
    enum Kind {
        TEXT,
        /** A {@link Long}. */
        WHOLE,
        /** {@link Money}, a decimal string in JSON. */
        MONEY,
        /** {@link Money}, with a dollar sign in a table of text. */
        DOLLARS,
        /** A {@link BigDecimal}, a number in JSON too. */
        NUMBER,
        /** An {@link Instant}. */
        INSTANT,
        /** A {@link LocalDate}. */
        DATE,
        FLAG,
        /** A {@link Map}, written as JSON where a format has no such thing. */
        MAP
    }

    static <T> Column<T> text(String name, Function<T, @Nullable String> value) {
        return new Column<>(name, Kind.TEXT, value::apply);
    }

    static <T> Column<T> whole(String name, Function<T, @Nullable Long> value) {
        return new Column<>(name, Kind.WHOLE, value::apply);
    }

    static <T> Column<T> money(String name, Function<T, @Nullable Money> value) {
        return new Column<>(name, Kind.MONEY, value::apply);
    }

    static <T> Column<T> dollars(String name, Function<T, @Nullable Money> value) {
        return new Column<>(name, Kind.DOLLARS, value::apply);
    }

    static <T> Column<T> number(String name, Function<T, @Nullable BigDecimal> value) {
        return new Column<>(name, Kind.NUMBER, value::apply);
    }

    static <T> Column<T> instant(String name, Function<T, @Nullable Instant> value) {
        return new Column<>(name, Kind.INSTANT, value::apply);
    }

    static <T> Column<T> date(String name, Function<T, @Nullable LocalDate> value) {
        return new Column<>(name, Kind.DATE, value::apply);
    }

    static <T> Column<T> flag(String name, Function<T, @Nullable Boolean> value) {
        return new Column<>(name, Kind.FLAG, value::apply);
    }

    static <T> Column<T> map(String name, Function<T, Map<String, ?>> value) {
        return new Column<>(name, Kind.MAP, value::apply);
    }
}
