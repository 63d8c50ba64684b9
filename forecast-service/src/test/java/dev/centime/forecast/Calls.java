package dev.centime.forecast;

import dev.centime.contracts.Attribution;
import dev.centime.contracts.Cost;
import dev.centime.contracts.Model;
import dev.centime.contracts.Money;
import dev.centime.contracts.Tokens;
import dev.centime.contracts.UsageRecorded;
import dev.centime.contracts.UsageRepriced;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.NewEvent;
import dev.centime.eventstore.log.Position;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Puts calls into the log, as ingest-service would. */
@Singleton
class Calls {
    static final Model GPT = new Model("openai", "gpt-4o", null, null);
    static final Model HAIKU = new Model("anthropic", "claude-haiku", null, null);

    private final EventLog log;
    private final EventTypes types;

    Calls(EventLog log, EventTypes types) {
        this.log = log;
        this.types = types;
    }

    NewEvent call(Instant at, Model model, Attribution attribution, String dollars) {
        var id = UUID.randomUUID().toString();
        var usage = new UsageRecorded(
                id,
                at,
                model,
                attribution,
                Tokens.of(1000, 100),
                new UsageRecorded.Outcome(UsageRecorded.Status.OK, null, null, null, false, Map.of()),
                UsageRecorded.Quantity.ONE_CALL,
                Cost.reported(Money.of(dollars)),
                new UsageRecorded.Provenance("json", null, null, null, List.of(), null, null, null, null),
                0);
        return event(id, at, usage);
    }

    NewEvent repriced(Instant at, Model model, Attribution attribution, String before, String after) {
        var id = UUID.randomUUID().toString();
        var correction = new UsageRepriced(
                id,
                "json",
                at,
                model,
                attribution,
                Tokens.of(1000, 100),
                UsageRecorded.Quantity.ONE_CALL,
                Cost.reported(Money.of(before)),
                Cost.reported(Money.of(after)),
                "a wrong price",
                null,
                0);
        return event(id, at, correction);
    }

    NewEvent event(String id, Instant at, Object payload) {
        return types.encode(id, at, payload, Map.of(), Set.of());
    }

    Position append(String organization, List<NewEvent> events) {
        return log.append(organization, events).await().indefinitely().position();
    }

    static Attribution of(String subject) {
        return new Attribution(subject, null, null, null, null, null, Map.of());
    }
}
