package dev.centime.gateway.view.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * Several OpenAPI documents as one. A schema that two documents define alike stands once; one that they define differently keeps its
 * name in the first and gets the name of its service in the others.
 */
final class MergedDocument {
    private static final String SCHEMA_REF = "#/components/schemas/";

    private final ObjectNode document = JsonNodeFactory.instance.objectNode();
    private final Map<String, JsonNode> schemas = new TreeMap<>();
    private final Map<String, ObjectNode> paths = new TreeMap<>();
    private final Map<String, JsonNode> tags = new TreeMap<>();

    /**
     * @param service whose document it is
     * @param isOpen whether a method and a path of it can be called from outside
     */
    MergedDocument add(String service, JsonNode part, BiPredicate<String, String> isOpen) {
        var names = namesFor(service, part.at("/components/schemas"));
        part.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    if (isOpen.test(operation.getKey().toUpperCase(java.util.Locale.ROOT), path.getKey())) {
                        paths.computeIfAbsent(path.getKey(), key -> JsonNodeFactory.instance.objectNode())
                                .putIfAbsent(operation.getKey(), withBadRequest(renamed(operation.getValue(), names)));
                    }
                }));
        part.path("tags").forEach(tag -> tags.putIfAbsent(tag.path("name").asText(), tag));
        return this;
    }

    private Map<String, String> namesFor(String service, JsonNode defined) {
        var names = new HashMap<String, String>();
        defined.properties().forEach(schema -> {
            var known = schemas.get(schema.getKey());
            var clashes = known != null && !known.equals(schema.getValue());
            names.put(schema.getKey(), clashes ? capitalized(service) + schema.getKey() : schema.getKey());
        });
        defined.properties()
                .forEach(schema -> schemas.put(
                        names.getOrDefault(schema.getKey(), schema.getKey()), renamed(schema.getValue(), names)));
        return names;
    }

    ObjectNode build() {
        document.put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Centime")
                .put("version", "1")
                .put("description", "What LLM calls cost: record it, ask for it, limit it, foresee it, spend less.");
        document.putArray("servers").addObject().put("url", "/");
        var used = document.putArray("tags");
        tags.values().forEach(used::add);
        var shownPaths = document.putObject("paths");
        paths.forEach(shownPaths::set);
        var components = document.putObject("components");
        var shownSchemas = components.putObject("schemas");
        schemas.forEach(shownSchemas::set);
        var schemes = components.putObject("securitySchemes");
        schemes.putObject("key").put("type", "http").put("scheme", "bearer").put("description", "An API key");
        schemes.putObject("session")
                .put("type", "apiKey")
                .put("in", "cookie")
                .put("name", "centime_session")
                .put("description", "The cookie of POST /api/v1/auth/login");
        var security = document.putArray("security");
        security.addObject().putArray("key");
        security.addObject().putArray("session");
        return document;
    }

    private static JsonNode renamed(JsonNode node, Map<String, String> names) {
        return switch (node) {
            case ObjectNode object -> {
                var copy = JsonNodeFactory.instance.objectNode();
                object.properties().forEach(member -> {
                    var isRef = member.getKey().equals("$ref")
                            && member.getValue().asText().startsWith(SCHEMA_REF);
                    copy.set(
                            member.getKey(),
                            isRef ? ref(member.getValue().asText(), names) : renamed(member.getValue(), names));
                });
                // Each service names its own schemes; here there are two for all.
                copy.remove("security");
                yield copy;
            }
            case ArrayNode array -> {
                var copy = JsonNodeFactory.instance.arrayNode();
                array.forEach(item -> copy.add(renamed(item, names)));
                yield copy;
            }
            default -> node;
        };
    }

    /** Any call may be put wrongly, also where its service does not say so. */
    private static JsonNode withBadRequest(JsonNode operation) {
        if (operation.path("responses") instanceof ObjectNode responses && !responses.has("400")) {
            responses
                    .putObject("400")
                    .put("description", "The query or the syntax is wrong; the answer names the field");
        }
        return operation;
    }

    private static TextNode ref(String ref, Map<String, String> names) {
        var name = ref.substring(SCHEMA_REF.length());
        return TextNode.valueOf(SCHEMA_REF + names.getOrDefault(name, name));
    }

    private static String capitalized(String service) {
        return Character.toUpperCase(service.charAt(0)) + service.substring(1);
    }
}
