package dev.centime.budget.accept;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.budget.DerivedId;
import dev.centime.contracts.Money;
import dev.centime.kit.Problem;
import dev.centime.kit.Problem.FieldError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a reservation is asked for. The person is a name here.
 *
 * @param id the caller's own, null when he leaves it to us
 * @param dimensions of the call to come, under the names that a scope uses
 */
public record ReservationBody(
        @Nullable String id, Money estimatedCost, SortedMap<String, String> dimensions, Duration ttl) {
    private static final Money MOST = Money.of("1000000");
    private static final int MOST_SECONDS = 3600;
    private static final int USUAL_SECONDS = 300;
    private static final int MAX_LENGTH = 256;
    private static final int MAX_TAGS = 50;
    private static final List<String> DIMENSIONS =
            List.of("user", "project", "experiment", "session", "run", "provider", "model", "operation");

    public ReservationBody {
        dimensions = Collections.unmodifiableSortedMap(new TreeMap<>(dimensions));
    }

    /** The body as the document shows it. */
    @Schema(name = "ReservationRequest")
    public record Shape(
            @Nullable @Schema(description = "Your own; the same again answers as at first")
            String id,

            @Schema(required = true, examples = "0.05") Money estimatedCost,

            @Nullable String user,
            @Nullable String project,
            @Nullable String experiment,
            @Nullable String session,
            @Nullable String run,
            @Nullable String provider,
            @Nullable String model,
            @Nullable String operation,
            @Nullable TreeMap<String, String> tags,

            @Nullable @Schema(description = "300 unless set, at most 3600")
            Integer ttlSeconds) {}

    /** @throws Problem 422 that names every field at fault */
    public static ReservationBody read(JsonNode body) {
        if (!(body instanceof ObjectNode object)) {
            throw Problem.unprocessable("body", "must be an object");
        }
        var errors = new ArrayList<FieldError>();
        var read = read(Fields.of(object, errors));
        if (!errors.isEmpty()) {
            throw Problem.unprocessable(errors);
        }
        return read;
    }

    private static ReservationBody read(Fields fields) {
        fields.inDollars();
        var cost = fields.required("estimated_cost", fields.money("estimated_cost"))
                .orElse(Money.ZERO);
        if (cost.isNegative() || cost.compareTo(MOST) > 0) {
            fields.wrong("estimated_cost", "must be from 0 to " + MOST);
        }
        var dimensions = new TreeMap<String, String>();
        DIMENSIONS.forEach(name -> fields.text(name, MAX_LENGTH).ifPresent(value -> dimensions.put(name, value)));
        fields.fields("tags").ifPresent(tags -> tags(tags, dimensions));
        return new ReservationBody(
                fields.id("id").orElse(null),
                cost,
                dimensions,
                Duration.ofSeconds(
                        fields.integer("ttl_seconds", 1, MOST_SECONDS).orElse(USUAL_SECONDS)));
    }

    private static void tags(Fields tags, SortedMap<String, String> dimensions) {
        if (tags.names().size() > MAX_TAGS) {
            tags.wrong("*", "must be at most " + MAX_TAGS);
            return;
        }
        for (var key : tags.names()) {
            if (key.isBlank() || key.length() > MAX_LENGTH || !Fields.isClean(key)) {
                tags.wrong(key, "must have a name of 1 to " + MAX_LENGTH + " characters");
            } else {
                tags.text(key, MAX_LENGTH).ifPresent(value -> dimensions.put("tag." + key, value));
            }
        }
    }

    /** Stands for all of it but the id, as it is meant rather than as it was written. */
    public String request() {
        var parts = new ArrayList<>(List.of(estimatedCost.toString(), ttl.toString()));
        dimensions.forEach((name, value) -> {
            parts.add(name);
            parts.add(value);
        });
        return DerivedId.of(parts.toArray(String[]::new)).toString();
    }
}
