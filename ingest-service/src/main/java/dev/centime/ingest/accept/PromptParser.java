package dev.centime.ingest.accept;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.centime.ingest.tokenizer.Prompt;
import dev.centime.ingest.tokenizer.Prompt.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The text of a call to be estimated: as one text, or as the messages of a chat with text or parts of text as content. */
final class PromptParser {
    private static final int MAX_MESSAGES = 10_000;
    private static final int MAX_PARTS = 10_000;
    private static final List<String> TEXT_PARTS = List.of("text", "input_text", "output_text");

    private final JsonParser json;
    private final Fields fields;
    private final List<Message> messages = new ArrayList<>();
    private @Nullable Message text;
    private @Nullable Message system;

    PromptParser(JsonParser json, Fields fields) {
        this.json = json;
        this.fields = fields;
    }

    void text(String field) throws IOException {
        text = message(null, content(field));
    }

    /** The instructions that a chat begins with, where they are not a message themselves. */
    void system(String field) throws IOException {
        system = message(null, content(field));
    }

    void messages(String field) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (json.currentToken() != JsonToken.START_ARRAY) {
            refuse(field, "must be an array of messages");
            return;
        }
        for (int index = 0; json.nextToken() != JsonToken.END_ARRAY; index++) {
            if (index == MAX_MESSAGES) {
                fields.error(field, "must have at most " + MAX_MESSAGES + " messages");
            }
            if (index >= MAX_MESSAGES) {
                json.skipChildren();
            } else {
                message(field + "[" + index + "]");
            }
        }
    }

    private void message(String field) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            refuse(field, "must be an object with role and content");
            return;
        }
        String content = null;
        String name = null;
        String role = null;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            var member = json.currentName();
            json.nextToken();
            switch (member) {
                case "content" -> content = content(field + ".content");
                case "role" -> role = fields.text(field + ".role", RecordParser.NAME_LENGTH);
                case "name" -> name = fields.text(field + ".name", RecordParser.NAME_LENGTH);
                default -> json.skipChildren();
            }
        }
        if (role == null) {
            fields.error(field + ".role", "is required, such as user or assistant");
        }
        if (content != null) {
            messages.add(new Message(name, content));
        }
    }

    /** Text, or parts of text one after the other. Null where it is missing or was refused. */
    private @Nullable String content(String field) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return json.getText();
        }
        if (json.currentToken() != JsonToken.START_ARRAY) {
            refuse(field, "must be text or an array of parts");
            return null;
        }
        var whole = new StringBuilder();
        for (int index = 0; json.nextToken() != JsonToken.END_ARRAY; index++) {
            if (index == MAX_PARTS) {
                fields.error(field, "must have at most " + MAX_PARTS + " parts");
            }
            if (index >= MAX_PARTS || json.currentToken() != JsonToken.START_OBJECT) {
                refuse(field + "[" + index + "]", "must be a part with type and text");
            } else {
                part(field + "[" + index + "]", whole);
            }
        }
        return whole.toString();
    }

    private void part(String field, StringBuilder whole) throws IOException {
        String type = null;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            var member = json.currentName();
            json.nextToken();
            if (member.equals("type")) {
                type = fields.text(field + ".type", RecordParser.NAME_LENGTH);
            } else if (member.equals("text") && json.currentToken() == JsonToken.VALUE_STRING) {
                whole.append(json.getText());
            } else {
                json.skipChildren();
            }
        }
        if (type == null || !TEXT_PARTS.contains(type)) {
            fields.error(field + ".type", "must be text: tokens of other kinds are to be given as input_tokens");
        }
    }

    private void refuse(String field, String reason) throws IOException {
        fields.error(field, reason);
        json.skipChildren();
    }

    private static @Nullable Message message(@Nullable String name, @Nullable String content) {
        return content == null ? null : new Message(name, content);
    }

    boolean textAndMessages() {
        return text != null && !messages.isEmpty();
    }

    /** In the order in which a provider reads it. */
    Prompt whole() {
        var all = new ArrayList<Message>(messages.size() + 1);
        if (system != null) {
            all.add(system);
        }
        all.addAll(messages);
        if (text != null) {
            all.add(text);
        }
        return new Prompt(all);
    }
}
