package dev.centime.ingest.catalogue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the timeline says of a model by its maker's name for it: its quality, and what it cost before. */
final class PriceTimeline {
    private static final Map<String, String> MAKERS = Map.of(
            "OpenAI", "openai",
            "Anthropic", "anthropic",
            "Google", "gemini",
            "DeepSeek", "deepseek",
            "Cohere", "cohere",
            "Z.ai", "zai",
            "Moonshot AI", "moonshot",
            "MiniMax", "minimax");

    /** When a price that the timeline has two of changed; its notes say so, save for o3 (see the catalogue's README). */
    private static final Map<String, String> CHANGED = Map.of(
            "anthropic/claude-3-5-haiku", "2024-12-03",
            "openai/o3", "2025-06-10",
            "openai/gpt-5-6-luna", "2026-07-30");

    /** A name that meant another snapshot at first: the snapshot and the day on which the name moved on. */
    private static final Map<String, List<String>> MOVED =
            Map.of("openai/gpt-4o", List.of("openai/gpt-4o-2024-05-13", "2024-10-02"));

    /** The index of the timeline's row is that of one snapshot; its notes have the one of the name. */
    private static final Map<String, String> INDEX_OF_NAME = Map.of("openai/gpt-4o", "11.2");

    private static final Map<String, String> INDEX_OF_SNAPSHOT = Map.of("openai/gpt-4o", "openai/gpt-4o-2024-05-13");
    private static final Map<String, String> CLASSES = Map.of("frontier", "large", "bottom", "small");
    private static final String DATED = "[-@](20\\d{6}|20\\d{2}-\\d{2}-\\d{2})$";

    private record Row(
            @Nullable String modelClass, String index, String indexVersion, List<String> launch, List<String> now) {

        boolean changed() {
            return !launch.contains("") && !now.contains("") && !same(launch, now);
        }
    }

    private final Map<String, Row> rows = new HashMap<>();

    static PriceTimeline read(Path csv) throws IOException {
        var timeline = new PriceTimeline();
        var lines = Files.readAllLines(csv);
        var header = fields(lines.getFirst());
        for (var line : lines.subList(1, lines.size())) {
            var fields = new HashMap<String, String>();
            var values = fields(line);
            for (int i = 0; i < header.size(); i++) {
                fields.put(header.get(i), values.get(i));
            }
            var maker = MAKERS.get(fields.get("vendor"));
            timeline.rows.put(
                    maker + "/" + plain(fields.get("model")),
                    new Row(
                            CLASSES.get(fields.get("tier")),
                            fields.get("aa_intel"),
                            fields.get("aa_version"),
                            List.of(fields.get("launch_price_in"), fields.get("launch_price_out")),
                            List.of(fields.get("current_price_in"), fields.get("current_price_out"))));
        }
        return timeline;
    }

    /**
     * A price with what is known of its model, and before it what the model cost earlier.
     *
     * @param all every price of the file, by provider and name
     * @throws IllegalStateException where the timeline says something else than the file, and nobody said which is right
     */
    List<ObjectNode> versions(ObjectNode price, Map<String, ObjectNode> all) {
        var name = name(price);
        var row = rows.get(name.replaceFirst(DATED, "").replaceFirst("^vertex_ai/", "gemini/"));
        describe(price, name, row);
        if (MOVED.containsKey(name)) {
            var snapshot = all.get(MOVED.get(name).getFirst()).deepCopy();
            snapshot.put("model_name", price.get("model_name").asText()).remove("aliases");
            return List.of(withQualityOf(price, snapshot), from(MOVED.get(name).getLast(), price));
        }
        if (row == null || !row.changed()) {
            return List.of(price);
        }
        var changedOn = CHANGED.get(name.replaceFirst(DATED, ""));
        if (changedOn == null || !same(row.now(), rates(price))) {
            throw new IllegalStateException("two prices of " + name + " and no word which is right");
        }
        return List.of(asAtLaunch(price, row), from(changedOn, price));
    }

    private void describe(ObjectNode price, String name, @Nullable Row row) {
        var modelClass = ModelClasses.of(price.get("model_name").asText());
        if (modelClass != null || row != null && row.modelClass() != null) {
            price.put("model_class", modelClass != null ? modelClass : row.modelClass());
        }
        if (row == null || row.index().isEmpty()) {
            return;
        }
        var undated = name.replaceFirst(DATED, "");
        var snapshot = INDEX_OF_SNAPSHOT.get(undated);
        if (snapshot == null || snapshot.equals(name) || undated.equals(name)) {
            var index = snapshot != null && undated.equals(name) ? INDEX_OF_NAME.get(name) : row.index();
            price.put("quality_score", new BigDecimal(index));
            price.put(
                    "quality_source",
                    "Artificial Analysis Intelligence Index, "
                            + row.indexVersion().replace("≤", "by "));
        }
    }

    private static ObjectNode withQualityOf(ObjectNode described, ObjectNode other) {
        for (var field : List.of("model_class", "quality_score", "quality_source")) {
            if (described.has(field)) {
                other.set(field, described.get(field));
            }
        }
        return other;
    }

    /** What fell by one factor in and out is taken to have fallen by it altogether; the timeline knows no more. */
    private static ObjectNode asAtLaunch(ObjectNode price, Row row) {
        var factor = factor(row.launch().getFirst(), row.now().getFirst());
        if (factor.compareTo(factor(row.launch().getLast(), row.now().getLast())) != 0) {
            throw new IllegalStateException("prices in and out moved apart: " + name(price));
        }
        var earlier = price.deepCopy();
        earlier.path("rates").forEach(rates -> multiply((ObjectNode) rates, factor));
        earlier.path("steps").forEach(step -> multiply((ObjectNode) step.path("rates"), factor));
        return earlier;
    }

    private static void multiply(ObjectNode rates, BigDecimal factor) {
        rates.properties()
                .forEach(rate -> rate.setValue(
                        rates.textNode(new BigDecimal(rate.getValue().asText())
                                .multiply(factor)
                                .stripTrailingZeros()
                                .toPlainString())));
    }

    private static BigDecimal factor(String launch, String now) {
        return new BigDecimal(launch).divide(new BigDecimal(now));
    }

    private static ObjectNode from(String date, ObjectNode price) {
        return price.put(BundledCatalogue.EFFECTIVE_DATE, date);
    }

    private static List<String> rates(ObjectNode price) {
        var standard = price.path("rates").path("standard");
        return List.of(standard.path("input").asText(), standard.path("output").asText());
    }

    private static boolean same(List<String> some, List<String> others) {
        return new BigDecimal(some.getFirst()).compareTo(new BigDecimal(others.getFirst())) == 0
                && new BigDecimal(some.getLast()).compareTo(new BigDecimal(others.getLast())) == 0;
    }

    private static String name(ObjectNode price) {
        return price.get("provider").asText() + "/"
                + plain(price.get("model_name").asText());
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
