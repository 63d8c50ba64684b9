package dev.centime.budget.command.reservespend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.centime.budget.BudgetConfiguration;
import dev.centime.budget.Given;
import dev.centime.budget.limit.Call;
import dev.centime.contracts.BudgetDefinition.Action;
import dev.centime.contracts.BudgetDefinition.Threshold;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.BudgetSet;
import dev.centime.contracts.Money;
import dev.centime.database.TestPostgres;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Callers who go away, some before their reservation is decided and some while it is written down. */
class GoneCallersIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int GONE = 300;

    @Test
    void nothingStaysHeldForThem() throws Exception {
        try (var replica = new Replica(TestPostgres.database("budget")).start()) {
            setBudget(replica);
            assertThat(reserved(replica)).isEqualTo(Money.ZERO);
            for (int caller = 0; caller < GONE; caller++) {
                replica.handler()
                        .handle("o", reserve("1"))
                        .subscribe()
                        .with(outcome -> {}, failure -> {})
                        .cancel();
            }
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(reserved(replica)).isEqualTo(Money.ZERO));
        }
    }

    /** What is held when one more is decided, which holds nothing itself. */
    private static Money reserved(Replica replica) {
        return replica.decided("o", reserve("0")).made().uses().getFirst().reserved();
    }

    private static ReserveSpend reserve(String amount) {
        return new ReserveSpend(
                UUID.randomUUID().toString(),
                Money.of(amount),
                Call.of(Map.of()),
                "any",
                "key",
                Instant.now(),
                Duration.ofSeconds(300),
                false);
    }

    private static void setBudget(Replica replica) {
        var definition = Given.budget(Type.ANNUAL)
                .of("1000")
                .from(LocalDate.now().toString())
                .at(new Threshold(new BigDecimal("100"), Action.BLOCK, List.of()))
                .named("all");
        var set = new BudgetSet("all", 1, definition, "key", "key", Instant.now());
        var event = replica.types().encode("set-all", Instant.now(), set, Map.of(), Set.of(BudgetConfiguration.LIMITS));
        replica.log().append("o", List.of(event)).await().atMost(SOON);
    }
}
