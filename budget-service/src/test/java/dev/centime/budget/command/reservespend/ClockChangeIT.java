package dev.centime.budget.command.reservespend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.centime.budget.BudgetConfiguration;
import dev.centime.budget.BudgetRefusal.Exceeded;
import dev.centime.budget.BudgetRefusal.Refused;
import dev.centime.budget.Given;
import dev.centime.budget.event.ReservationReleased;
import dev.centime.budget.limit.Call;
import dev.centime.budget.limit.Window;
import dev.centime.contracts.BudgetDefinition.Action;
import dev.centime.contracts.BudgetDefinition.Threshold;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.BudgetSet;
import dev.centime.contracts.Money;
import dev.centime.database.TestPostgres;
import dev.centime.eventstore.log.Tag;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A daily budget of ten dollars in New York on the days on which its clock changes, enforced as on any other. */
class ClockChangeIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String ORGANIZATION = "new-york";

    private volatile Instant now = Instant.EPOCH;

    @Test
    void aDayHasTwentyThreeOrTwentyFiveHours_whatWasSpentInThemCounts_andTheLimitIsWholeAtMidnight() {
        var clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
        try (var replica = new Replica(TestPostgres.database("budget"), 3, clock).start()) {
            setBudget(replica);
            aDay(replica, "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z", 23);
            aDay(replica, "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z", 25);
        }
    }

    /** Six dollars are spent in it, in its first and its last second, and much more right before and after it. */
    private void aDay(Replica replica, String begins, String ends, int hours) {
        var first = Instant.parse(begins);
        var next = Instant.parse(ends);
        spent(replica, first.minusMillis(1), "100");
        spent(replica, first, "2");
        spent(replica, next.minusMillis(1), "4");

        now = first;
        release(replica, reserve(replica, "4"));
        var refusal = refusal(replica, "4.01");
        var use = refusal.stopping().getFirst();
        assertThat(use.spent()).isEqualTo(Money.of("6"));
        assertThat(use.window()).isEqualTo(new Window(first, next));
        assertThat(Duration.between(use.window().start(), use.window().end())).isEqualTo(Duration.ofHours(hours));
        now = next.minusMillis(1);
        assertThat(refusal(replica, "4.01").stopping()).hasSize(1);

        now = next;
        var whole = reserve(replica, "10");
        assertThat(refusal(replica, "0.01").stopping().getFirst().spent()).isEqualTo(Money.ZERO);
        release(replica, whole);
    }

    private static Exceeded refusal(Replica replica, String amount) {
        var thrown = catchThrowable(() -> reserve(replica, amount));
        assertThat(thrown).isInstanceOf(Refused.class);
        return (Exceeded) ((Refused) thrown).refusal();
    }

    private static String reserve(Replica replica, String amount) {
        var command = new ReserveSpend(
                UUID.randomUUID().toString(),
                Money.of(amount),
                Call.of(Map.of()),
                "any",
                "key",
                Instant.now(),
                Duration.ofSeconds(300),
                false);
        assertThat(replica.decided(ORGANIZATION, command).made()).isNotNull();
        return command.reservationId();
    }

    private static void release(Replica replica, String id) {
        append(replica, new ReservationReleased(id, "key", Instant.now()), Set.of());
    }

    private static void spent(Replica replica, Instant at, String cost) {
        append(replica, SpendingProcess.usage("s-ada", at, Money.of(cost), null), Set.of());
    }

    private static void setBudget(Replica replica) {
        var definition = Given.budget(Type.DAILY)
                .of("10")
                .from("2026-01-01")
                .in("America/New_York")
                .at(new Threshold(new BigDecimal("100"), Action.BLOCK, List.of()))
                .named("daily");
        append(
                replica,
                new BudgetSet("daily", 1, definition, "key", "key", Instant.now()),
                Set.of(BudgetConfiguration.LIMITS));
    }

    private static void append(Replica replica, Object payload, Set<Tag> tags) {
        var event = replica.types().encode(UUID.randomUUID().toString(), Instant.now(), payload, Map.of(), tags);
        replica.log().append(ORGANIZATION, List.of(event)).await().atMost(SOON);
    }
}
