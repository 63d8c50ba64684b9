package dev.centime.ingest.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingRegistry;
import dev.centime.contracts.Model;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;

/** A text that a provider counted, beside the count of the estimate. */
record CountedText(String source, Tokenizer tokenizer, String kind, boolean heldOut, long tokens, long estimated) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final EncodingRegistry ENCODINGS = Encodings.newLazyEncodingRegistry();

    static List<CountedText> all() throws IOException {
        try (var in = CountedText.class.getResourceAsStream("/tokens/counted.jsonl");
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines().map(CountedText::of).toList();
        }
    }

    private static CountedText of(String line) {
        try {
            var json = JSON.readTree(line);
            var tokenizer = Tokenizer.of(new Model(null, json.get("model").asText(), null, null));
            return new CountedText(
                    json.get("source").asText(),
                    tokenizer,
                    json.get("kind").asText(),
                    json.get("held_out").asBoolean(),
                    json.get("tokens").asLong(),
                    estimate(tokenizer, json));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What stands around a prompt's messages does not stand around an answer. */
    private static long estimate(Tokenizer tokenizer, JsonNode json) {
        var encoding = ENCODINGS.getEncoding(tokenizer.encoding());
        var encoded = StreamSupport.stream(json.get("texts").spliterator(), false)
                .mapToLong(text -> encoding.countTokensOrdinary(text.asText()))
                .sum();
        var whole = tokenizer.tokens(encoded, json.get("texts").size());
        return json.get("kind").asText().equals("output")
                ? whole - tokenizer.tokens(0, json.get("texts").size())
                : whole;
    }

    /** By how much the estimate is wrong, of the provider's count. */
    double error() {
        return Math.abs(estimated - tokens) / (double) tokens;
    }
}
