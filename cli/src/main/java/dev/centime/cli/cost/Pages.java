package dev.centime.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.cli.ask.Gateway;
import dev.centime.cli.ask.Query;
import dev.centime.cli.terminal.Terminal;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Pages of an answer as one. */
final class Pages {
    private static final int PAGE = 1000;

    private Pages() {}

    /** All of them. @param query what is asked, anew for every page */
    static JsonNode whole(Gateway gateway, String path, Supplier<Query> query) {
        return upTo(Integer.MAX_VALUE, gateway, path, query);
    }

    /** As many items as are wanted; {@code next_cursor} stays where there are more. */
    static JsonNode upTo(int most, Gateway gateway, String path, Supplier<Query> query) {
        var all = (ObjectNode) page(gateway, path, query, most, "");
        var items = all.withArray("items");
        while (more(all) && items.size() < most) {
            progress(items.size());
            var next = page(
                    gateway,
                    path,
                    query,
                    most - items.size(),
                    all.path("next_cursor").asText());
            items.addAll((ArrayNode) next.path("items"));
            all.set("next_cursor", next.path("next_cursor"));
        }
        if (!more(all)) {
            all.putNull("next_cursor");
        }
        return all;
    }

    /** The first item that is wanted; those behind it are not asked for. */
    static Optional<JsonNode> first(Gateway gateway, String path, Predicate<JsonNode> wanted) {
        var cursor = "";
        while (true) {
            var page = page(gateway, path, Query::new, PAGE, cursor);
            for (var item : page.path("items")) {
                if (wanted.test(item)) {
                    return Optional.of(item);
                }
            }
            if (!more(page)) {
                return Optional.empty();
            }
            cursor = page.path("next_cursor").asText();
        }
    }

    static boolean more(JsonNode page) {
        return !Amounts.isAbsent(page.path("next_cursor"));
    }

    private static JsonNode page(Gateway gateway, String path, Supplier<Query> query, int most, String cursor) {
        return gateway.get(
                path, query.get().with("limit", Math.min(most, PAGE)).with("cursor", cursor.isEmpty() ? null : cursor));
    }

    /** For whoever sits before it and waits. */
    private static void progress(int read) {
        if (Terminal.stdout().interactive()) {
            System.err.printf("%,d read …%n", read);
        }
    }
}
