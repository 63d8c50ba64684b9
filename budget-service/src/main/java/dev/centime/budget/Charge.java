package dev.centime.budget;

import dev.centime.budget.limit.Call;
import dev.centime.budget.limit.Periods;
import dev.centime.contracts.Attribution;
import dev.centime.contracts.Cost;
import dev.centime.contracts.Model;
import dev.centime.contracts.Money;
import dev.centime.contracts.UsageCorrected;
import dev.centime.contracts.UsageRecorded;
import dev.centime.contracts.UsageRepriced;
import dev.centime.eventstore.log.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one event adds to the spend of an organization: a call's cost, or what a correction moves it by.
 *
 * @param at when the call was made, which decides the period it counts in, however late the log learned of it
 * @param spend exact, of any sign; zero where the cost is unknown
 * @param requests calls; by how many a correction moves them
 * @param unpriced calls whose cost is unknown; negative when a correction gave them one
 * @param settles the reservation that this says to be the true cost of; null for none
 */
public record Charge(
        String organization,
        Instant at,
        Instant learnedAt,
        Model model,
        Attribution attribution,
        Money spend,
        long requests,
        long unpriced,
        @Nullable String settles) {

    public static Charge of(Event event) {
        var stored = event.stored();
        return switch (event.payload()) {
            case UsageRecorded call ->
                new Charge(
                        stored.organization(),
                        call.timestamp(),
                        stored.recordedAt(),
                        call.model(),
                        call.attribution(),
                        call.cost().totalOrZero(),
                        call.quantity().requests(),
                        unpriced(call.cost(), call.quantity().requests()),
                        call.provenance().reservationId());
            case UsageRepriced correction ->
                new Charge(
                        stored.organization(),
                        correction.timestamp(),
                        stored.recordedAt(),
                        correction.model(),
                        correction.attribution(),
                        correction
                                .after()
                                .totalOrZero()
                                .minus(correction.before().totalOrZero()),
                        0,
                        unpriced(correction.after(), correction.quantity().requests())
                                - unpriced(
                                        correction.before(),
                                        correction.quantity().requests()),
                        null);
            case UsageCorrected correction -> {
                var before = correction.requests(correction.before());
                var after = correction.requests(correction.after());
                yield new Charge(
                        stored.organization(),
                        correction.timestamp(),
                        stored.recordedAt(),
                        correction.model(),
                        correction.attribution(),
                        correction
                                .after()
                                .cost()
                                .totalOrZero()
                                .minus(correction.before().cost().totalOrZero()),
                        after - before,
                        unpriced(correction.after().cost(), after)
                                - unpriced(correction.before().cost(), before),
                        null);
            }
            default -> throw new IllegalArgumentException("costs nothing: " + stored.type());
        };
    }

    private static long unpriced(Cost cost, long requests) {
        return cost.source() == Cost.Source.UNPRICED ? requests : 0;
    }

    public Instant quarterHour() {
        return Periods.quarterHourOf(at);
    }

    /** Whether it is the true cost of what was held for somebody: nobody else's call settles it. @param person as id; null for anybody */
    public boolean maySettle(@Nullable String person) {
        return person == null || person.equals(attribution.subject());
    }

    public Call call() {
        return new Call(model, attribution);
    }
}
