package dev.centime.ingest.tokenizer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text on its way through. It is kept nowhere, and does not write itself into a log by accident.
 *
 * @param messages in order; a text alone is one message
 */
public record Prompt(List<Message> messages) {
    /** No text at all. */
    public static final Prompt NONE = new Prompt(List.of());

    public Prompt {
        messages = List.copyOf(messages);
    }

    /** @param name of the participant, where the caller gave one */
    public record Message(@Nullable String name, String content) {
        @Override
        public String toString() {
            return "a message of " + content.length() + " characters";
        }
    }

    long characters() {
        return messages.stream()
                .mapToLong(message -> message.content().length())
                .sum();
    }

    @Override
    public String toString() {
        return "a prompt of " + messages.size() + " messages";
    }
}
