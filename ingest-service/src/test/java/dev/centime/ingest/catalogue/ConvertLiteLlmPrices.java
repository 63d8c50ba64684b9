package dev.centime.ingest.catalogue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.Price;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;

/**
 * Makes the bundled catalogue of LiteLLM's price file and a table of quality indexes. Run again for newer files:
 * {@code ConvertLiteLlmPrices PRICES.json TIMELINE.csv OUT.jsonl}. The same input gives the same bytes.
 */
public final class ConvertLiteLlmPrices {
    private ConvertLiteLlmPrices() {}

    public static void main(String[] args) throws IOException {
        if (args.length != 3) {
            System.err.println("usage: ConvertLiteLlmPrices PRICES.json TIMELINE.csv OUT.jsonl");
            System.exit(2);
        }
        // Prices are read from their digits: a double in between would change them.
        var source = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build()
                .readTree(Path.of(args[0]).toFile());
        var quality = QualityTable.read(Path.of(args[1]));
        var prices = new TreeMap<String, Price>();
        for (var entry : source.properties()) {
            LiteLlmEntry.of(entry.getKey(), entry.getValue())
                    .ifPresent(price -> keep(prices, entry.getKey(), quality.addedTo(price)));
        }
        write(prices, Path.of(args[2]));
        System.out.println(prices.size() + " models of " + source.size() + " entries");
    }

    /** Where two entries name one model, the one that says its provider in its key is the provider's own. */
    private static void keep(TreeMap<String, Price> prices, String key, Price price) {
        var name = price.provider() + "\n" + price.modelName();
        if (key.startsWith(price.provider() + "/")) {
            prices.put(name, price);
        } else {
            prices.putIfAbsent(name, price);
        }
    }

    private static void write(TreeMap<String, Price> prices, Path out) throws IOException {
        var mapper = Contracts.mapper();
        try (var lines = Files.newBufferedWriter(out)) {
            for (var price : prices.values()) {
                JsonNode sorted = mapper.valueToTree(price);
                lines.write(mapper.writeValueAsString(sorted));
                lines.write('\n');
            }
        }
    }
}
