package dev.centime.ingest.catalogue;

import dev.centime.contracts.Price;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Quality index and class of models, by their maker's name for them. */
final class QualityTable {
    private static final Map<String, String> MAKERS = Map.of(
            "OpenAI",
            "openai",
            "Anthropic",
            "anthropic",
            "Google",
            "gemini",
            "DeepSeek",
            "deepseek",
            "xAI",
            "xai",
            "Mistral",
            "mistral");
    private static final Map<String, String> CLASSES = Map.of("frontier", "large", "bottom", "small");
    private static final String SOURCE = "Artificial Analysis Intelligence Index, read July 2026";

    private record Row(
            @Nullable String modelClass, @Nullable BigDecimal index) {}

    private final Map<String, Row> rows = new HashMap<>();

    static QualityTable read(Path csv) throws IOException {
        var table = new QualityTable();
        var lines = Files.readAllLines(csv);
        var header = fields(lines.getFirst());
        for (var line : lines.subList(1, lines.size())) {
            var fields = fields(line);
            var maker = MAKERS.get(fields.get(header.indexOf("vendor")));
            if (maker != null) {
                var index = fields.get(header.indexOf("aa_intel"));
                table.rows.put(
                        maker + "/" + plain(fields.get(header.indexOf("model"))),
                        new Row(
                                CLASSES.get(fields.get(header.indexOf("tier"))),
                                index.isEmpty() ? null : new BigDecimal(index)));
            }
        }
        return table;
    }

    /** The price with what is known of the model's quality. A dated name is its model. */
    Price addedTo(Price price) {
        var name = plain(price.modelName()).replaceFirst("-20\\d{6}$|-20\\d{2}-\\d{2}-\\d{2}$", "");
        var row = rows.get(price.provider().replace("vertex_ai", "gemini") + "/" + name);
        return row == null
                ? price
                : new Price(
                        price.provider(),
                        price.modelName(),
                        row.modelClass,
                        price.rates(),
                        price.steps(),
                        price.toolCallPrices(),
                        price.requestPrice(),
                        price.regionUplifts(),
                        price.contextWindow(),
                        price.maxOutputTokens(),
                        row.index,
                        row.index == null ? null : SOURCE,
                        price.replacementModel(),
                        price.deprecatedOn(),
                        price.aliases(),
                        price.active(),
                        price.notes(),
                        price.discountPercent());
    }

    private static String plain(String model) {
        return model.replace('.', '-');
    }

    /** Fields of a line of CSV, quotes taken off. */
    private static List<String> fields(String line) {
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        var quoted = false;
        for (var c : line.toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
