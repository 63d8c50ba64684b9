package dev.centime.budget.command.changebudget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.budget.BudgetConfiguration;
import dev.centime.budget.BudgetRefusal;
import dev.centime.budget.BudgetRefusal.Refused;
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

class ChangeBudgetTest {
    private static final Instant CREATED = Instant.parse("2026-11-22T10:00:00Z");
    private static final BudgetDefinition BEFORE = Given.budget(Type.MONTHLY).named("Before");
    private static final BudgetDefinition AFTER =
            Given.budget(Type.WEEKLY).of("7").named("After");

    private final AxonTestFixture budgets =
            AxonTestFixture.with(BudgetConfiguration.slices(new InMemoryEventStorageEngine()));

    @AfterEach
    void stop() {
        budgets.stop();
    }

    @Test
    void setsTheNextRevision_asAWhole_andKeepsWhoCreatedIt() {
        var changed = new BudgetSet("b-1", 2, AFTER, "key-2", "key-1", CREATED);
        budgets.given()
                .event(set(1, BEFORE))
                .when()
                .command(new ChangeBudget("b-1", 1, AFTER, "key-2"))
                .then()
                .resultMessagePayload(changed)
                .events(changed);
    }

    @Test
    void changesNothing_whenNothingIsDifferent() {
        budgets.given()
                .event(set(1, BEFORE))
                .when()
                .command(new ChangeBudget("b-1", 1, BEFORE, "key-2"))
                .then()
                .resultMessagePayload(set(1, BEFORE))
                .noEvents();
    }

    @Test
    void isRefused_whenSomebodyElseChangedItInBetween() {
        refused(new BudgetRefusal.Stale("b-1", 2), set(1, BEFORE), set(2, AFTER));
    }

    @Test
    void isRefused_whenThereIsNoSuchBudget() {
        refused(new BudgetRefusal.Unknown("b-1"));
    }

    @Test
    void isRefused_whenItWasDeleted() {
        refused(new BudgetRefusal.Unknown("b-1"), set(1, BEFORE), new BudgetDeleted("b-1", 2, "key-1"));
    }

    private void refused(BudgetRefusal refusal, Object... given) {
        budgets.given()
                .events(given)
                .when()
                .command(new ChangeBudget("b-1", 1, AFTER, "key-2"))
                .then()
                .noEvents()
                .exceptionSatisfies(failure -> assertThat(failure)
                        .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.refusal())
                                .isEqualTo(refusal)));
    }

    private static BudgetSet set(int revision, BudgetDefinition definition) {
        return new BudgetSet("b-1", revision, definition, "key-1", "key-1", CREATED);
    }
}
