package dev.centime.ingest.accept;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Set;

/**
 * A foreign record as a tree, without its prompts and answers: what Centime never keeps is not even read into memory. A number
 * longer than any that means something becomes text, so that its field is at fault and not the body.
 */
public final class PayloadTree {
    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);
    private static final int MAX_NUMBER_LENGTH = 60;

    private PayloadTree() {}

    /**
     * The value that the parser stands at; afterwards it stands at its end.
     *
     * @param passedOver dotted paths from the value that are left out; elements of an array have the array's path
     * @throws IOException on broken JSON
     */
    public static JsonNode read(JsonParser json, Set<String> passedOver) throws IOException {
        return value(json, "", passedOver);
    }

    private static JsonNode value(JsonParser json, String path, Set<String> passedOver) throws IOException {
        var token = json.currentToken();
        return switch (token) {
            case START_OBJECT -> object(json, path, passedOver);
            case START_ARRAY -> array(json, path, passedOver);
            case VALUE_STRING -> NODES.textNode(json.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(json);
            case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(token == JsonToken.VALUE_TRUE);
            case null, default -> NODES.nullNode();
        };
    }

    private static JsonNode object(JsonParser json, String path, Set<String> passedOver) throws IOException {
        var object = NODES.objectNode();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            var name = json.currentName();
            var inner = path.isEmpty() ? name : path + "." + name;
            json.nextToken();
            if (passedOver.contains(inner)) {
                json.skipChildren();
            } else {
                object.set(name, value(json, inner, passedOver));
            }
        }
        return object;
    }

    private static JsonNode array(JsonParser json, String path, Set<String> passedOver) throws IOException {
        var array = NODES.arrayNode();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(json, path, passedOver));
        }
        return array;
    }

    private static JsonNode number(JsonParser json) throws IOException {
        if (json.getTextLength() > MAX_NUMBER_LENGTH) {
            return NODES.textNode("a number of " + json.getTextLength() + " digits");
        }
        return json.currentToken() == JsonToken.VALUE_NUMBER_INT && json.getTextLength() < 18
                ? NODES.numberNode(json.getLongValue())
                : NODES.numberNode(new BigDecimal(json.getText()));
    }
}
