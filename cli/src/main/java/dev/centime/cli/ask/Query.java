package dev.centime.cli.ask;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of an address behind the question mark. Names without a value are left out. */
public final class Query {
    private final StringBuilder text = new StringBuilder();

    public Query with(String name, @Nullable Object value) {
        if (value != null) {
            text.append(text.isEmpty() ? '?' : '&')
                    .append(encoded(name))
                    .append('=')
                    .append(encoded(value.toString()));
        }
        return this;
    }

    /** A repeated name means any of. */
    public Query withEach(String name, @Nullable List<String> values) {
        if (values != null) {
            values.forEach(value -> with(name, value));
        }
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
