package dev.centime.ingest.command.estimatecost;

import dev.centime.contracts.Attribution;
import dev.centime.contracts.Model;
import dev.centime.contracts.Tokens;
import dev.centime.contracts.price.Call;
import dev.centime.contracts.price.CostOfCall;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.log.Subjects;
import dev.centime.ingest.Prices;
import dev.centime.ingest.RecordIds;
import dev.centime.ingest.command.estimatecost.EstimateCost.ChargedTo;
import dev.centime.ingest.event.CostEstimated;
import dev.centime.ingest.tokenizer.CountTokens;
import dev.centime.ingest.tokenizer.CountTokens.Counted;
import dev.centime.ingest.tokenizer.Tokenizer;
import dev.centime.kit.Caller;
import dev.centime.kit.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts, prices and keeps estimates. */
@ApplicationScoped
public class EstimateCostHandler {
    private final EventLog log;
    private final EventTypes types;
    private final Subjects subjects;
    private final Prices prices;
    private final CountTokens count;
    private final MeterRegistry metrics;

    EstimateCostHandler(
            EventLog log,
            EventTypes types,
            Subjects subjects,
            Prices prices,
            CountTokens count,
            MeterRegistry metrics) {
        this.log = log;
        this.types = types;
        this.subjects = subjects;
        this.prices = prices;
        this.count = count;
        this.metrics = metrics;
    }

    /** @param position null for an estimate that was not kept */
    public record Estimated(CostEstimate answer, @Nullable Position position) {}

    /**
     * @param id what a usage record will name
     * @throws Problem (as a failure) 403 when a user estimates for somebody else, 422 when the model's provider is not known or more
     *     is cached than there is, 503 when too much is being counted
     */
    public Uni<Estimated> estimate(Caller caller, EstimateCost asked, String id, Instant now) {
        var organization = caller.oneOrganization();
        var chargedTo = owned(caller, asked.chargedTo());
        return prices.ready().chain(() -> {
            var model = named(organization, asked);
            var tokenizer = Tokenizer.of(model);
            return count.of(tokenizer, asked.prompt())
                    .map(counted -> estimated(organization, asked, id, now, model, tokenizer, counted))
                    .chain(estimated -> asked.store()
                            ? attribution(organization, chargedTo)
                                    .chain(attribution -> keep(caller, organization, estimated.chargedTo(attribution)))
                            : Uni.createFrom().item(new Estimated(CostEstimate.of(estimated, false), null)))
                    .invoke(done -> metrics.counter(
                                    "centime.estimates",
                                    "exact",
                                    String.valueOf(done.answer().exact()))
                            .increment());
        });
    }

    private static ChargedTo owned(Caller caller, ChargedTo said) {
        if (!caller.ownOnly()) {
            return said;
        }
        if (caller.user() == null || said.user() != null && !said.user().equals(caller.user())) {
            throw Problem.forbidden("a user's key estimates its own calls only")
                    .field("user", "must be the user whose key this is");
        }
        return said.by(caller.user());
    }

    private Model named(String organization, EstimateCost asked) {
        var model =
                prices.book().named(organization, asked.provider(), asked.model(), asked.serviceTier(), asked.region());
        if (model.provider() == null) {
            throw Problem.unprocessable("provider", "is required: the model does not name it");
        }
        return model;
    }

    private CostEstimated estimated(
            String organization,
            EstimateCost asked,
            String id,
            Instant now,
            Model model,
            Tokenizer tokenizer,
            Counted counted) {
        var pricesAt = prices.book().offset();
        var input = counted.tokens() + asked.inputTokens();
        if (asked.cachedTokens() > input) {
            throw Problem.unprocessable("cached_tokens", "must not be more than the " + input + " input tokens");
        }
        var tokens = new Tokens(
                input - asked.cachedTokens(),
                asked.cachedTokens(),
                0,
                0,
                asked.output().tokens(),
                0,
                0,
                0,
                0);
        var timestamp = asked.timestamp() == null ? now : asked.timestamp();
        var call = new Call(tokens, model.serviceTier(), model.region(), Map.of(), 1, false);
        var text = !asked.prompt().messages().isEmpty();
        return new CostEstimated(
                id,
                timestamp,
                model,
                Attribution.NONE,
                tokens,
                text ? tokenizer.text() : null,
                counted.exact(),
                counted.errorPercent(),
                asked.output().basis(),
                CostOfCall.of(call, prices.book().inForce(organization, model, timestamp), null),
                pricesAt);
    }

    /** Told once: whoever asks again with the same id gets the first answer. */
    private Uni<Estimated> keep(Caller caller, String organization, CostEstimated estimated) {
        var eventId = RecordIds.estimate(organization, estimated.estimateId());
        var event = types.encode(eventId, estimated.timestamp(), estimated, Map.of("actor", caller.id()), Set.of());
        return log.append(organization, List.of(event)).chain(appended -> {
            var repeated = appended.outcomes().getFirst().duplicate();
            return (repeated
                            ? first(organization, eventId, estimated)
                            : Uni.createFrom().item(estimated))
                    .map(told -> new Estimated(CostEstimate.of(told, true), appended.position()));
        });
    }

    private Uni<CostEstimated> first(String organization, String eventId, CostEstimated again) {
        return log.find(organization, List.of(eventId)).map(found -> Optional.ofNullable(found.get(eventId))
                .flatMap(types::decode)
                .map(CostEstimated.class::cast)
                .orElse(again));
    }

    private Uni<Attribution> attribution(String organization, ChargedTo to) {
        var user = to.user();
        Uni<@Nullable String> subject = user == null
                ? Uni.createFrom().nullItem()
                : subjects.idsOf(organization, List.of(user)).map(ids -> ids.get(user));
        return subject.map(id ->
                new Attribution(id, to.project(), to.experiment(), to.session(), to.run(), to.operation(), to.tags()));
    }
}
