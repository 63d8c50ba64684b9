package dev.centime.budget.command.restorelimit;

import dev.centime.budget.BudgetConfiguration;
import dev.centime.budget.Given;
import dev.centime.budget.event.LimitLifted;
import dev.centime.budget.event.LimitRestored;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.BudgetSet;
import java.time.Instant;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.test.fixture.AxonTestFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RestoreLimitTest {
    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
    private static final BudgetSet SET =
            new BudgetSet("b-1", 1, Given.budget(Type.MONTHLY).named("n"), "key-1", "key-1", Instant.EPOCH);
    private static final RestoreLimit RESTORE = new RestoreLimit("b-1", "key-2", AT);

    private final AxonTestFixture budgets =
            AxonTestFixture.with(BudgetConfiguration.slices(new InMemoryEventStorageEngine()));

    @AfterEach
    void stop() {
        budgets.stop();
    }

    @Test
    void takesBackWhatWasLet_once() {
        budgets.given()
                .event(SET)
                .event(new LimitLifted("b-1", "r", AT.plusSeconds(60), null, "key-1", AT))
                .when()
                .command(RESTORE)
                .then()
                .resultMessagePayload(true)
                .events(new LimitRestored("b-1", "key-2", AT));
    }

    @Test
    void changesNothing_whereNothingWasLet() {
        budgets.given()
                .event(SET)
                .when()
                .command(RESTORE)
                .then()
                .resultMessagePayload(false)
                .noEvents();
    }
}
