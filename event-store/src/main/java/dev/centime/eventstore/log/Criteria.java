package dev.centime.eventstore.log;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;

/** Criteria and tags as the log's functions take them. */
final class Criteria {
    private Criteria() {}

    static String text(Tag tag) {
        return tag.key() + "=" + tag.value();
    }

    /** @throws IllegalArgumentException for a criterion without tags, which would be the whole partition */
    static JsonArray json(Collection<Criterion> anyOf) {
        var any = new JsonArray();
        for (var criterion : anyOf) {
            if (criterion.tags().isEmpty()) {
                throw new IllegalArgumentException("a criterion needs at least one tag");
            }
            criterion.tags().forEach(Storable::check);
            criterion.types().forEach(type -> Storable.checkText("type", type));
            any.add(new JsonObject()
                    .put(
                            "tags",
                            new JsonArray(new ArrayList<>(criterion.tags().stream()
                                    .map(Criteria::text)
                                    .toList())))
                    .put("types", new JsonArray(new ArrayList<>(criterion.types()))));
        }
        return any;
    }
}
