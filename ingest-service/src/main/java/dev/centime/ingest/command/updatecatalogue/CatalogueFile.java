package dev.centime.ingest.command.updatecatalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.centime.contracts.Price;
import dev.centime.ingest.ModelPrice;
import dev.centime.ingest.PriceRules;
import dev.centime.ingest.catalogue.LiteLlmFile;
import dev.centime.ingest.command.updatecatalogue.CatalogueUpdate.Refused;
import dev.centime.kit.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The prices of a file: LiteLLM's, one object with an entry a model; or Centime's own, a line a price as POST /pricing/models takes it.
 *
 * @param entries at most {@link #MAX_ENTRIES}, each model once a date
 */
record CatalogueFile(List<Entry> entries, List<Refused> refused) {
    static final int MAX_ENTRIES = 5000;

    private static final ObjectMapper DIGITS = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * @param date as the entry says, null when it says none
     * @param whole whether it says everything about the model: what a LiteLLM entry does not know is kept
     */
    record Entry(Price price, @Nullable LocalDate date, boolean whole) {}

    /**
     * @param wire reads a line as the API reads a body
     * @throws Problem 400 when it is neither form, 422 when it has too many entries
     */
    static CatalogueFile read(byte[] file, ObjectMapper wire) {
        var tree = object(file);
        if (tree != null && !tree.path("model_name").isTextual()) {
            return checked(liteLlm(tree));
        }
        return checked(lines(file, wire.readerFor(ModelPrice.class)));
    }

    /** Null when it is no one JSON object. */
    private static @Nullable JsonNode object(byte[] file) {
        try {
            var tree = DIGITS.readTree(file);
            return tree != null && tree.isObject() ? tree : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static CatalogueFile liteLlm(JsonNode tree) {
        if (tree.size() > MAX_ENTRIES) {
            throw tooMany();
        }
        var read = LiteLlmFile.of(tree);
        return new CatalogueFile(
                read.prices().stream()
                        .map(price -> new Entry(price, null, false))
                        .toList(),
                read.refused().stream()
                        .map(refused -> new Refused(
                                refused.entry(),
                                refused.error().field(),
                                refused.error().reason()))
                        .toList());
    }

    private static CatalogueFile lines(byte[] file, ObjectReader reader) {
        var entries = new ArrayList<Entry>();
        var refused = new ArrayList<Refused>();
        var seen = new HashSet<String>();
        var lines = new String(file, StandardCharsets.UTF_8).lines().toList();
        if (lines.size() > MAX_ENTRIES) {
            throw tooMany();
        }
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).isBlank()) {
                continue;
            }
            var line = "line " + (i + 1);
            try {
                ModelPrice price = reader.readValue(lines.get(i));
                var faults = PriceRules.faults(price, false);
                if (!faults.isEmpty()) {
                    faults.forEach(fault -> refused.add(new Refused(line, fault.field(), fault.reason())));
                } else if (!seen.add((price.provider() + "\n" + price.modelName()).toLowerCase(Locale.ROOT) + "\n"
                        + price.effectiveDate())) {
                    refused.add(new Refused(line, "model_name", "is in the file before, for the same date"));
                } else {
                    entries.add(new Entry(price.toPrice(), price.effectiveDate(), true));
                }
            } catch (JsonMappingException e) {
                refused.add(new Refused(line, path(e), "cannot be read"));
            } catch (JsonProcessingException e) {
                refused.add(new Refused(line, "body", "is no JSON"));
            }
        }
        return new CatalogueFile(entries, refused);
    }

    private static String path(JsonMappingException e) {
        return e.getPath().isEmpty() || e.getPath().getFirst().getFieldName() == null
                ? "body"
                : e.getPath().getFirst().getFieldName();
    }

    private static CatalogueFile checked(CatalogueFile file) {
        if (file.entries().isEmpty()) {
            var problem =
                    Problem.unprocessable("body", "holds no price, neither as LiteLLM's JSON nor as a price a line");
            file.refused().stream()
                    .limit(20)
                    .forEach(refused -> problem.field(refused.entry() + "." + refused.field(), refused.reason()));
            throw problem;
        }
        return file;
    }

    private static Problem tooMany() {
        return Problem.unprocessable("body", "must have at most " + MAX_ENTRIES + " entries");
    }
}
