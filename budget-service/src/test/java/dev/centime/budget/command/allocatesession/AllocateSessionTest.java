package dev.centime.budget.command.allocatesession;

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

class AllocateSessionTest {
    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

    private final AxonTestFixture budgets =
            AxonTestFixture.with(BudgetConfiguration.slices(new InMemoryEventStorageEngine()));

    @AfterEach
    void stop() {
        budgets.stop();
    }

    @Test
    void setsABudget() {
        budgets.given()
                .noPriorActivity()
                .when()
                .command(allocate("500"))
                .then()
                .resultMessagePayload(true)
                .events(set(1, "500", "import"));
    }

    @Test
    void anotherAmountSetsItAnew() {
        budgets.given()
                .event(set(1, "500", "import"))
                .when()
                .command(allocate("600"))
                .then()
                .events(set(2, "600", "import"));
    }

    @Test
    void theSameAmountAgainChangesNothing() {
        budgets.given()
                .event(set(1, "500", "import"))
                .when()
                .command(allocate("500"))
                .then()
                .resultMessagePayload(false)
                .noEvents();
    }

    @Test
    void whatSomebodyChangedIsHis() {
        budgets.given()
                .event(set(1, "500", "import"))
                .event(set(2, "700", "key-1"))
                .when()
                .command(allocate("600"))
                .then()
                .noEvents();
    }

    @Test
    void whatSomebodyDeletedStaysGone() {
        budgets.given()
                .event(set(1, "500", "import"))
                .event(new BudgetDeleted("b-1", 2, "key-1"))
                .when()
                .command(allocate("600"))
                .then()
                .noEvents();
    }

    private static AllocateSession allocate(String limit) {
        return new AllocateSession("b-1", definition(limit), "import", AT);
    }

    private static BudgetSet set(int revision, String limit, String by) {
        return new BudgetSet("b-1", revision, definition(limit), by, "import", AT);
    }

    private static BudgetDefinition definition(String limit) {
        return Given.budget(Type.CUSTOM).of(limit).to("2026-12-31").named("Session s");
    }
}
