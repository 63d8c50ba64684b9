package dev.centime.ingest.catalogue;

import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The catalogue in this jar. A model's price is an event whose id follows from provider, name and date, so it is told once, however many
 * replicas start however often; a later release adds the models it newly knows and changes none.
 */
@ApplicationScoped
public class BundledCatalogue {
    private static final String FILE = "/catalogue/litellm-2026-08-06.jsonl";

    /** When the file's facts were gathered; prices in it hold from the beginning of time all the same. */
    private static final Instant GATHERED = Instant.parse("2026-08-06T00:00:00Z");

    /** Beside the price in a line, for one that came after another; without it a price holds from the beginning of time. */
    static final String EFFECTIVE_DATE = "effective_date";

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

    private NewEvent event(PriceSet set) {
        return types.encode(set.priceId(), GATHERED, set, Map.of("actor", "centime"), Set.of());
    }

    /** The prices of the file, in its order. */
    static List<PriceSet> read() {
        var mapper = Contracts.mapper();
        var in = Objects.requireNonNull(BundledCatalogue.class.getResourceAsStream(FILE), FILE);
        try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines().map(line -> price(mapper, line)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PriceSet price(ObjectMapper mapper, String line) {
        try {
            var tree = mapper.readTree(line);
            var price = mapper.treeToValue(tree, Price.class);
            var from = tree.path(EFFECTIVE_DATE).asText("");
            var id = from.isEmpty()
                    ? RecordIds.derived("", "bundled-price", price.provider(), price.modelName())
                    : RecordIds.derived("", "bundled-price", price.provider(), price.modelName(), from);
            var start = from.isEmpty()
                    ? null
                    : LocalDate.parse(from).atStartOfDay(ZoneOffset.UTC).toInstant();
            return new PriceSet(id, null, start, price, ORIGIN);
        } catch (IOException e) {
            throw new UncheckedIOException("the bundled catalogue cannot be read", e);
        }
    }
}
