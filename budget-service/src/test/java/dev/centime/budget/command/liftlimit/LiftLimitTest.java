package dev.centime.budget.command.liftlimit;

import dev.centime.budget.BudgetConfiguration;
import dev.centime.budget.BudgetRefusal.Refused;
import dev.centime.budget.Given;
import dev.centime.budget.event.LimitLifted;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.BudgetDeleted;
import dev.centime.contracts.BudgetSet;
import dev.centime.contracts.Money;
import java.time.Instant;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.test.fixture.AxonTestFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiftLimitTest {
    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
    private static final BudgetSet SET =
            new BudgetSet("b-1", 1, Given.budget(Type.MONTHLY).named("n"), "key-1", "key-1", Instant.EPOCH);
    private static final LiftLimit LIFT =
            new LiftLimit("b-1", "the launch", AT.plusSeconds(60), Money.of("5"), "key-2", AT);

    private final AxonTestFixture budgets =
            AxonTestFixture.with(BudgetConfiguration.slices(new InMemoryEventStorageEngine()));

    @AfterEach
    void stop() {
        budgets.stop();
    }

    @Test
    void isOnRecord_withReasonAndEnd() {
        budgets.given()
                .event(SET)
                .when()
                .command(LIFT)
                .then()
                .events(new LimitLifted("b-1", "the launch", AT.plusSeconds(60), Money.of("5"), "key-2", AT));
    }

    @Test
    void refusesABudgetThatIsGone() {
        budgets.given()
                .event(SET)
                .event(new BudgetDeleted("b-1", 2, "key-1"))
                .when()
                .command(LIFT)
                .then()
                .exception(Refused.class)
                .noEvents();
    }
}
