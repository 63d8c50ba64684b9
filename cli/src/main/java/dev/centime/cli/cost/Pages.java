package dev.centime.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.cli.ask.Gateway;
import dev.centime.cli.ask.Query;
import java.util.function.Supplier;

/** All pages of an answer as one. */
final class Pages {
    private static final int PAGE = 1000;

    private Pages() {}

    /** @param query what is asked, anew for every page */
    static JsonNode whole(Gateway gateway, String path, Supplier<Query> query) {
        var first = gateway.get(path, query.get().with("limit", PAGE));
        var cursor = first.path("next_cursor");
        while (!Amounts.isAbsent(cursor)) {
            var next = gateway.get(path, query.get().with("limit", PAGE).with("cursor", cursor.asText()));
            ((ArrayNode) first.path("items")).addAll((ArrayNode) next.path("items"));
            cursor = next.path("next_cursor");
        }
        ((ObjectNode) first).putNull("next_cursor");
        return first;
    }
}
