package dev.centime.budget.command.followcalendar;

import dev.centime.budget.BudgetConfiguration;
import dev.centime.budget.Given;
import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.BudgetDefinition.Calendar;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.BudgetDeleted;
import dev.centime.contracts.BudgetSet;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.MonthDay;
import java.time.ZoneId;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.test.fixture.AxonTestFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FollowCalendarTest {
    private static final Calendar KOLKATA =
            new Calendar(ZoneId.of("Asia/Kolkata"), DayOfWeek.SUNDAY, MonthDay.of(4, 1));
    private static final BudgetSet IN_UTC = set(1, Given.budget(Type.WEEKLY).named("n"), "key-1");

    private final AxonTestFixture budgets =
            AxonTestFixture.with(BudgetConfiguration.slices(new InMemoryEventStorageEngine()));

    @AfterEach
    void stop() {
        budgets.stop();
    }

    @Test
    void isANewRevisionWithTheCalendarAndNothingElseChanged() {
        budgets.given()
                .event(IN_UTC)
                .when()
                .command(new FollowCalendar("b-1", KOLKATA, "platform"))
                .then()
                .resultMessagePayload(true)
                .events(set(2, Given.budget(Type.WEEKLY).in(KOLKATA).named("n"), "platform"));
    }

    @Test
    void changesNothing_whenItCountsThatWayAlready() {
        budgets.given()
                .event(IN_UTC)
                .when()
                .command(new FollowCalendar("b-1", Given.UTC, "platform"))
                .then()
                .resultMessagePayload(false)
                .noEvents();
    }

    @Test
    void changesNothing_whenItIsGone() {
        budgets.given()
                .event(IN_UTC)
                .event(new BudgetDeleted("b-1", 2, "key-1"))
                .when()
                .command(new FollowCalendar("b-1", KOLKATA, "platform"))
                .then()
                .noEvents();
    }

    private static BudgetSet set(int revision, BudgetDefinition definition, String by) {
        return new BudgetSet("b-1", revision, definition, by, "key-1", Instant.EPOCH);
    }
}
