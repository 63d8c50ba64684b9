package dev.centime.ingest.catalogue;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.Price;
import dev.centime.contracts.PriceSet;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.NewEvent;
import dev.centime.ingest.RecordIds;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The catalogue in this jar. A model's price is an event whose id follows from provider and name, so it is told once, however many
 * replicas start however often; a later release adds the models it newly knows and changes none.
 */
@ApplicationScoped
public class BundledCatalogue {
    private static final String FILE = "/catalogue/litellm-2026-08-06.jsonl";

    /** When the file's facts were gathered; prices in it hold from the beginning of time all the same. */
    private static final Instant GATHERED = Instant.parse("2026-08-06T00:00:00Z");

    private static final String ORIGIN = "bundled";

    private final EventLog log;
    private final EventTypes types;

    BundledCatalogue(EventLog log, EventTypes types) {
        this.log = log;
        this.types = types;
    }

    /** Completes when the log holds every price of the file. */
    public Uni<Void> load() {
        return Uni.createFrom()
                .item(() -> read().stream().map(this::event).toList())
                .chain(events -> log.append(Contracts.PLATFORM, events))
                .replaceWithVoid();
    }

    private NewEvent event(Price price) {
        var id = RecordIds.derived("", "bundled-price", price.provider(), price.modelName());
        return types.encode(
                id, GATHERED, new PriceSet(id, null, null, price, ORIGIN), Map.of("actor", "centime"), Set.of());
    }

    static List<Price> read() {
        var reader = Contracts.mapper().readerFor(Price.class);
        var in = Objects.requireNonNull(BundledCatalogue.class.getResourceAsStream(FILE), FILE);
        try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines().map(line -> price(reader, line)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Price price(ObjectReader reader, String line) {
        try {
            return reader.readValue(line);
        } catch (IOException e) {
            throw new UncheckedIOException("the bundled catalogue cannot be read", e);
        }
    }
}
