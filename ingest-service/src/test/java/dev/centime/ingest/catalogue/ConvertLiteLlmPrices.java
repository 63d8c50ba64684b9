package dev.centime.ingest.catalogue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.contracts.Contracts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Makes the bundled catalogue of LiteLLM's price file, a timeline of prices and qualities, and rows of our own. Run again for newer
 * files: {@code ConvertLiteLlmPrices PRICES.json TIMELINE.csv OWN-ROWS.jsonl OUT.jsonl}. The same input gives the same bytes.
 */
public final class ConvertLiteLlmPrices {
    private static final Pattern DATED = Pattern.compile("^(.+)[-@](?:20\\d{6}|20\\d{2}-\\d{2}-\\d{2})$");
    private static final ObjectMapper MAPPER = Contracts.mapper();

    private ConvertLiteLlmPrices() {}

    public static void main(String[] args) throws IOException {
        if (args.length != 4) {
            System.err.println("usage: ConvertLiteLlmPrices PRICES.json TIMELINE.csv OWN-ROWS.jsonl OUT.jsonl");
            System.exit(2);
        }
        // Prices are read from their digits: a double in between would change them.
        var source = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build()
                .readTree(Path.of(args[0]).toFile());
        var prices = new TreeMap<String, ObjectNode>();
        var file = LiteLlmFile.of(source);
        file.prices().forEach(price -> {
            ObjectNode line = MAPPER.valueToTree(price);
            prices.put(key(line), line);
        });
        for (var row : Files.readAllLines(Path.of(args[2]))) {
            var line = (ObjectNode) MAPPER.readTree(row);
            prices.putIfAbsent(key(line), line);
        }
        addUndatedNames(prices);
        write(prices, PriceTimeline.read(Path.of(args[1])), Path.of(args[3]));
        System.out.println(prices.size() + " models of " + source.size() + " entries, "
                + file.refused().size() + " of them no price");
    }

    private static String key(ObjectNode price) {
        return price.get("provider").asText() + "/" + price.get("model_name").asText();
    }

    /** Where a model stands there by its dated names alone, callers write it without: they mean the last one. */
    private static void addUndatedNames(TreeMap<String, ObjectNode> prices) {
        var named = new HashSet<String>();
        for (var price : prices.values()) {
            var provider = price.get("provider").asText() + "/";
            named.add(provider + price.get("model_name").asText().toLowerCase(Locale.ROOT));
            price.path("aliases").forEach(alias -> named.add(provider + alias.asText()));
        }
        for (var price : prices.descendingMap().values()) {
            var match = DATED.matcher(price.get("model_name").asText().toLowerCase(Locale.ROOT));
            if (match.matches() && named.add(price.get("provider").asText() + "/" + match.group(1))) {
                price.putArray("aliases").add(match.group(1));
            }
        }
    }

    private static void write(TreeMap<String, ObjectNode> prices, PriceTimeline timeline, Path out) throws IOException {
        try (var lines = Files.newBufferedWriter(out)) {
            for (var price : prices.values()) {
                for (var version : timeline.versions(price, prices)) {
                    lines.write(MAPPER.writeValueAsString(version));
                    lines.write('\n');
                }
            }
        }
    }
}
