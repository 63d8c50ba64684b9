package dev.centime.budget.command.createbudget;

import dev.centime.budget.BudgetConfiguration;
import dev.centime.budget.Given;
import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.BudgetDeleted;
import dev.centime.contracts.BudgetSet;
import java.time.Instant;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.test.fixture.AxonTestFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CreateBudgetTest {
    private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");
    private static final BudgetDefinition MONTHLY = Given.budget(Type.MONTHLY).named("All");
    private static final BudgetSet FIRST = new BudgetSet("b-1", 1, MONTHLY, "key-1", "key-1", AT);
    private static final CreateBudget CREATE = new CreateBudget("b-1", MONTHLY, "key-1", AT);

    private final AxonTestFixture budgets =
            AxonTestFixture.with(BudgetConfiguration.slices(new InMemoryEventStorageEngine()));

    @AfterEach
    void stop() {
        budgets.stop();
    }

    @Test
    void setsItsFirstRevision() {
        budgets.given()
                .noPriorActivity()
                .when()
                .command(CREATE)
                .then()
                .success()
                .resultMessagePayload(FIRST)
                .events(FIRST);
    }

    @Test
    void changesNothing_whenItIsThereAlready() {
        budgets.given()
                .event(FIRST)
                .when()
                .command(CREATE)
                .then()
                .resultMessagePayload(FIRST)
                .noEvents();
    }

    @Test
    void bringsNothingBack_thatWasDeleted() {
        budgets.given()
                .event(FIRST)
                .event(new BudgetDeleted("b-1", 2, "key-1"))
                .when()
                .command(CREATE)
                .then()
                .noEvents();
    }
}
