package dev.centime.recommendation;

import dev.centime.contracts.Attribution;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.Cost;
import dev.centime.contracts.Model;
import dev.centime.contracts.PriceSet;
import dev.centime.contracts.Tokens;
import dev.centime.contracts.UsageCorrected;
import dev.centime.contracts.UsageRecorded;
import dev.centime.contracts.UsageRepriced;
import dev.centime.contracts.price.Call;
import dev.centime.contracts.price.CostOfCall;
import dev.centime.contracts.price.GivenPrices;
import dev.centime.contracts.price.PriceBook;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.NewEvent;
import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.log.Tag;
import dev.centime.recommendation.event.RecommendationEvent;
import dev.centime.recommendation.policy.Lifecycle;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Puts prices and priced calls into the log, as ingest-service would. */
@Singleton
class Facts {
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    private final EventLog log;
    private final EventTypes types;
    private final PriceBook book = new PriceBook();

    Facts(EventLog log, EventTypes types) {
        this.log = log;
        this.types = types;
        set("gpt-4.1", "2", "8", "32000", "4", "16");
        set("gpt-4.1-mini", "0.4", "1.6", "128000", "1", "4");
    }

    /** Dollars a million in and out, and others above a size of context. */
    private void set(String model, String in, String out, String above, String inAbove, String outAbove) {
        var price = GivenPrices.price("""
                {"provider": "openai", "model_name": "%s", "rates": {"standard": {"input": %s, "output": %s}},
                 "steps": [{"tier": "standard", "above_tokens": %s, "rates": {"input": %s, "output": %s}}],
                 "tool_call_prices": {"web_search": "0.01"}}
                """.formatted(model, in, out, above, inAbove, outAbove));
        var set = new PriceSet("price-of-" + model, null, null, price, "bundled");
        book.add(set, LONG_AGO, 1);
        append(Contracts.PLATFORM, List.of(event("price-of-" + model, LONG_AGO, set)));
    }

    Cost cost(Model model, Tokens tokens, Map<String, Long> tools) {
        var call = new Call(tokens, null, null, tools, 1, false);
        return CostOfCall.of(call, book.inForce("anyone", model, LONG_AGO), null);
    }

    NewEvent call(Instant at, Model model, String operation, Tokens tokens, Map<String, Long> tools) {
        return call(at, model, operation, tokens, tools, cost(model, tokens, tools), false);
    }

    NewEvent call(
            Instant at,
            Model model,
            String operation,
            Tokens tokens,
            Map<String, Long> tools,
            Cost cost,
            boolean cacheHit) {
        var id = UUID.randomUUID().toString();
        var usage = new UsageRecorded(
                id,
                at,
                model,
                new Attribution(null, null, null, null, null, operation, Map.of()),
                tokens,
                new UsageRecorded.Outcome(UsageRecorded.Status.OK, null, null, null, cacheHit, tools),
                UsageRecorded.Quantity.ONE_CALL,
                cost,
                new UsageRecorded.Provenance("json", null, null, null, List.of(), null, null, null, null, null),
                1);
        return event(id, at, usage);
    }

    NewEvent repriced(Instant at, Model model, String operation, Tokens tokens, Cost before, Cost after) {
        var id = UUID.randomUUID().toString();
        var correction = new UsageRepriced(
                id,
                "json",
                at,
                model,
                new Attribution(null, null, null, null, null, operation, Map.of()),
                tokens,
                UsageRecorded.Quantity.ONE_CALL,
                before,
                after,
                "a price came later",
                null,
                1,
                null,
                null);
        return event(id, at, correction);
    }

    NewEvent corrected(Instant at, Model model, String operation, Tokens before, Tokens after) {
        return corrected(at, model, operation, before, after, 1);
    }

    /** @param requests that the call turned out to be */
    NewEvent corrected(Instant at, Model model, String operation, Tokens before, Tokens after, long requests) {
        var id = UUID.randomUUID().toString();
        var correction = new UsageCorrected(
                id,
                "json",
                at,
                model,
                new Attribution(null, null, null, null, null, operation, Map.of()),
                UsageRecorded.Quantity.ONE_CALL,
                new UsageCorrected.Counted(before, Map.of(), cost(model, before, Map.of()), null, null),
                new UsageCorrected.Counted(after, Map.of(), cost(model, after, Map.of()), requests, null),
                "it grew",
                1,
                null,
                null);
        return event(id, at, correction);
    }

    NewEvent event(String id, Instant at, Object payload) {
        return types.encode(id, at, payload, Map.of(), Set.of());
    }

    NewEvent told(RecommendationEvent event) {
        var story = new Tag("recommendations", Lifecycle.keyOf(event.recommendationId()));
        return types.encode(UUID.randomUUID().toString(), event.at(), event, Map.of(), Set.of(story));
    }

    Position append(String organization, List<NewEvent> events) {
        return log.append(organization, events).await().indefinitely().position();
    }
}
