package dev.centime.budget.command.deletebudget;

import dev.centime.budget.BudgetConfiguration;
import dev.centime.budget.BudgetRefusal.Refused;
import dev.centime.budget.Given;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.BudgetDeleted;
import dev.centime.contracts.BudgetSet;
import java.time.Instant;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.test.fixture.AxonTestFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeleteBudgetTest {
    private static final BudgetSet THIRD =
            new BudgetSet("b-1", 3, Given.budget(Type.DAILY).named("n"), "key-1", "key-1", Instant.EPOCH);
    private static final DeleteBudget DELETE = new DeleteBudget("b-1", null, "key-2");

    private final AxonTestFixture budgets =
            AxonTestFixture.with(BudgetConfiguration.slices(new InMemoryEventStorageEngine()));

    @AfterEach
    void stop() {
        budgets.stop();
    }

    @Test
    void endsTheBudget_asItsNextRevision() {
        budgets.given().event(THIRD).when().command(DELETE).then().events(new BudgetDeleted("b-1", 4, "key-2"));
    }

    @Test
    void isRefused_whenItIsNotTheRevisionMeant() {
        budgets.given()
                .event(THIRD)
                .when()
                .command(new DeleteBudget("b-1", 2, "key-2"))
                .then()
                .exception(Refused.class)
                .noEvents();
    }

    @Test
    void isRefused_whenThereIsNone() {
        budgets.given()
                .noPriorActivity()
                .when()
                .command(DELETE)
                .then()
                .exception(Refused.class)
                .noEvents();
    }

    @Test
    void isRefused_theSecondTime() {
        budgets.given()
                .event(THIRD)
                .event(new BudgetDeleted("b-1", 4, "key-1"))
                .when()
                .command(DELETE)
                .then()
                .exception(Refused.class)
                .noEvents();
    }
}
