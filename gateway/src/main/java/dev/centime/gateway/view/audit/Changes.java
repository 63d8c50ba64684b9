package dev.centime.gateway.view.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.contracts.Contracts;
import dev.centime.gateway.view.audit.AuditEntry.Change;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What differs between two payloads, field by field. Lists are compared as a whole. */
final class Changes {
    private static final ObjectMapper MAPPER = Contracts.mapper();

    /** By which a secret is known again: of no use to a reader, and nobody's business. */
    private static final Set<String> HIDDEN = Set.of("hash");

    private Changes() {}

    /** @param before null when there was nothing */
    static List<Change> between(byte @Nullable [] before, byte[] after) {
        var old = before == null ? Map.<String, JsonNode>of() : fields(before);
        var now = fields(after);
        var names = new TreeSet<>(old.keySet());
        names.addAll(now.keySet());
        var changes = new ArrayList<Change>();
        for (var name : names) {
            var was = old.get(name);
            var is = now.get(name);
            if (is == null ? was != null : !is.equals(was)) {
                changes.add(new Change(name, was, is));
            }
        }
        return changes;
    }

    /** Every text in the values, however deep. */
    static Set<String> texts(List<Change> changes) {
        var texts = new TreeSet<String>();
        for (var change : changes) {
            collect(change.before(), texts);
            collect(change.after(), texts);
        }
        return texts;
    }

    /** The same with other texts for some. */
    static List<Change> with(List<Change> changes, UnaryOperator<String> others) {
        return changes.stream()
                .map(change ->
                        new Change(change.field(), replaced(change.before(), others), replaced(change.after(), others)))
                .toList();
    }

    private static Map<String, JsonNode> fields(byte[] payload) {
        try {
            var fields = new LinkedHashMap<String, JsonNode>();
            flatten("", MAPPER.readTree(payload), fields);
            return fields;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the log holds JSON", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void flatten(String path, JsonNode node, Map<String, JsonNode> fields) {
        if (node instanceof ObjectNode object && !object.isEmpty()) {
            object.properties().forEach(member -> {
                if (!HIDDEN.contains(member.getKey())) {
                    flatten(path.isEmpty() ? member.getKey() : path + "." + member.getKey(), member.getValue(), fields);
                }
            });
        } else if (!path.isEmpty()) {
            fields.put(path, node);
        }
    }

    private static void collect(@Nullable JsonNode node, Set<String> texts) {
        if (node == null) {
            return;
        }
        if (node.isTextual()) {
            texts.add(node.textValue());
        } else {
            node.forEach(inner -> collect(inner, texts));
        }
    }

    private static @Nullable JsonNode replaced(@Nullable JsonNode node, UnaryOperator<String> others) {
        return switch (node) {
            case null -> null;
            case ArrayNode array -> {
                var copy = JsonNodeFactory.instance.arrayNode();
                array.forEach(element -> copy.add(replaced(element, others)));
                yield copy;
            }
            case ObjectNode object -> {
                var copy = JsonNodeFactory.instance.objectNode();
                object.properties().forEach(member -> copy.set(member.getKey(), replaced(member.getValue(), others)));
                yield copy;
            }
            default -> node.isTextual() ? JsonNodeFactory.instance.textNode(others.apply(node.textValue())) : node;
        };
    }
}
