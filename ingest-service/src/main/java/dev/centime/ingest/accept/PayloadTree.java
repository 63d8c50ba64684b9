package dev.centime.ingest.accept;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.centime.kit.Problem;
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
    private static final int MAX_VALUES = 200_000;

    private final JsonParser json;
    private final Set<String> passedOver;
    private final String streamed;
    private final Element element;
    private int values;

    private PayloadTree(JsonParser json, Set<String> passedOver, String streamed, Element element) {
        this.json = json;
        this.passedOver = passedOver;
        this.streamed = streamed;
        this.element = element;
    }

    /** Reads an array that is too long to be held. */
    @FunctionalInterface
    public interface Element {
        /** @param json stands at the array; afterwards it stands at its end */
        void read(JsonParser json) throws IOException;
    }

    /**
     * The value that the parser stands at; afterwards it stands at its end.
     *
     * @param passedOver dotted paths from the value that are left out; elements of an array have the array's path
     * @throws IOException on broken JSON
     * @throws Problem 413 when it has more than 200,000 values
     */
    public static JsonNode read(JsonParser json, Set<String> passedOver) throws IOException {
        return new PayloadTree(json, passedOver, "", JsonParser::skipChildren).value("");
    }

    /**
     * As the other, save for one array of the object: it is read by somebody else as it comes, and is an empty one in the tree.
     *
     * @param streamed the name of the array
     */
    public static JsonNode read(JsonParser json, Set<String> passedOver, String streamed, Element element)
            throws IOException {
        return new PayloadTree(json, passedOver, streamed, element).value("");
    }

    private JsonNode value(String path) throws IOException {
        if (++values > MAX_VALUES) {
            throw Problem.tooLarge("a record may have at most " + MAX_VALUES + " values");
        }
        return switch (json.currentToken()) {
            case START_OBJECT -> object(path);
            case START_ARRAY -> array(path);
            case VALUE_STRING -> NODES.textNode(json.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case null, default -> NODES.nullNode();
        };
    }

    private JsonNode object(String path) throws IOException {
        var object = NODES.objectNode();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            var name = json.currentName();
            var inner = path.isEmpty() ? name : path + "." + name;
            json.nextToken();
            if (passedOver.contains(inner)) {
                json.skipChildren();
            } else if (inner.equals(streamed) && json.currentToken() == JsonToken.START_ARRAY) {
                element.read(json);
                object.set(name, NODES.arrayNode());
            } else {
                object.set(name, value(inner));
            }
        }
        return object;
    }

    private JsonNode array(String path) throws IOException {
        var array = NODES.arrayNode();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(path));
        }
        return array;
    }

    private JsonNode number() throws IOException {
        if (json.getTextLength() > MAX_NUMBER_LENGTH) {
            return NODES.textNode("a number of " + json.getTextLength() + " digits");
        }
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT && json.getTextLength() < 18) {
            return NODES.numberNode(json.getLongValue());
        }
        try {
            var number = new BigDecimal(json.getText());
            // Written out, 1e999999999 would fill the memory of whoever does it.
            return Math.abs((long) number.scale()) > MAX_NUMBER_LENGTH
                    ? NODES.textNode(json.getText())
                    : NODES.numberNode(number);
        } catch (NumberFormatException e) {
            return NODES.textNode(json.getText());
        }
    }
}
