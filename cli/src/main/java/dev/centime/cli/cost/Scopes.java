package dev.centime.cli.cost;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** Filters as the scope of a body: one value as itself, several as a list. */
final class Scopes {
    private Scopes() {}

    static ObjectNode of(Map<String, List<String>> filters) {
        var scope = JsonNodeFactory.instance.objectNode();
        filters.forEach((name, values) -> {
            if (values.size() == 1) {
                scope.put(name, values.getFirst());
            } else {
                values.forEach(scope.withArray("/" + name.replace("~", "~0").replace("/", "~1"))::add);
            }
        });
        return scope;
    }
}
