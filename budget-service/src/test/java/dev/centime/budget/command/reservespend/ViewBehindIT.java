package dev.centime.budget.command.reservespend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.centime.budget.BudgetConfiguration;
import dev.centime.budget.BudgetRefusal.Refused;
import dev.centime.budget.BudgetRefusal.Unsure;
import dev.centime.budget.Given;
import dev.centime.budget.command.reservespend.Rounds.Outcome;
import dev.centime.budget.event.ReservationReleased;
import dev.centime.budget.limit.Call;
import dev.centime.contracts.BudgetDefinition.Action;
import dev.centime.contracts.BudgetDefinition.Threshold;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.BudgetDefinition.WhenStale;
import dev.centime.contracts.BudgetSet;
import dev.centime.contracts.Money;
import dev.centime.database.TestPostgres;
import dev.centime.eventstore.log.LogUnavailable;
import dev.centime.eventstore.log.Position;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The view cannot write for a while, and nobody knows from memory what organizations have spent. */
class ViewBehindIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void eachBudgetSaysWhatBecomesOfReservations_andWhoHasNoneNeedNotWait() throws Exception {
        var database = TestPostgres.database("budget");
        try (var replica = new Replica(database, 12).start();
                var connection = database.connect()) {
            for (var position : List.of(
                    append(replica, "strict", set(null)),
                    append(replica, "lenient", set(WhenStale.ADMIT)),
                    append(replica, "changed", set(WhenStale.ADMIT)))) {
                assertThat(replica.projections()
                                .await("budget-spend", position, SOON)
                                .await()
                                .atMost(SOON))
                        .isTrue();
            }
            connection.setAutoCommit(false);
            // Whoever writes waits, whoever reads does not.
            connection.createStatement().execute("LOCK TABLE budget.reservation IN SHARE MODE");
            for (var organization : List.of("none", "strict", "lenient", "changed")) {
                append(replica, organization, new ReservationReleased("none", "key", Instant.now()));
            }
            append(replica, "changed", set(null));

            var none = reserve(replica, "none");
            var strict = reserve(replica, "strict");
            var lenient = reserve(replica, "lenient");
            var changed = reserve(replica, "changed");
            assertThat(none.get(60, TimeUnit.SECONDS).made()).isNotNull();
            assertThat(lenient.get(60, TimeUnit.SECONDS).made()).isNotNull();
            assertThatThrownBy(() -> strict.get(60, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.refusal())
                            .isInstanceOf(Unsure.class));
            assertThatThrownBy(() -> changed.get(60, TimeUnit.SECONDS)).hasCauseInstanceOf(LogUnavailable.class);
            connection.rollback();
        }
    }

    private static CompletableFuture<Outcome> reserve(Replica replica, String organization) {
        var command = new ReserveSpend(
                UUID.randomUUID().toString(),
                Money.of("1"),
                Call.of(Map.of()),
                "any",
                "key",
                Instant.now(),
                Duration.ofSeconds(300),
                false);
        return replica.handler().handle(organization, command).subscribeAsCompletionStage();
    }

    private static Position append(Replica replica, String organization, Object payload) {
        var event = replica.types()
                .encode(
                        UUID.randomUUID().toString(),
                        Instant.now(),
                        payload,
                        Map.of(),
                        payload instanceof BudgetSet ? Set.of(BudgetConfiguration.LIMITS) : Set.of());
        return replica.log()
                .append(organization, List.of(event))
                .await()
                .atMost(SOON)
                .position();
    }

    /** A budget of ten dollars that blocks. */
    private static BudgetSet set(@Nullable WhenStale whenStale) {
        var given = Given.budget(Type.ANNUAL)
                .of("10")
                .from(LocalDate.now().toString())
                .at(new Threshold(new BigDecimal("100"), Action.BLOCK, List.of()))
                .whenStale(whenStale);
        return new BudgetSet("b", 1, given, "key", "key", Instant.now());
    }
}
