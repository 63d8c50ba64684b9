package dev.centime.budget.command.followcalendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.budget.BudgetState;
import dev.centime.budget.Given;
import dev.centime.contracts.BudgetDefinition.Calendar;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.BudgetSet;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.MonthDay;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class FollowCalendarTest {
    private static final Calendar KOLKATA =
            new Calendar(ZoneId.of("Asia/Kolkata"), DayOfWeek.SUNDAY, MonthDay.of(4, 1));
    private static final Instant CREATED = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void isANewRevisionWithTheCalendarAndNothingElseChanged() {
        var before = Given.budget(Type.WEEKLY).named("n");
        var standing = new BudgetState.Standing(1, before, "key-1", CREATED);
        assertThat(new FollowCalendar("b-1", KOLKATA, "platform").decide(standing))
                .containsExactly(new BudgetSet(
                        "b-1", 2, Given.budget(Type.WEEKLY).in(KOLKATA).named("n"), "platform", CREATED));
    }

    @Test
    void changesNothing_whenItCountsThatWayAlready_orIsGone() {
        var follow = new FollowCalendar("b-1", Given.UTC, "platform");
        assertThat(follow.decide(
                        new BudgetState.Standing(1, Given.budget(Type.WEEKLY).named("n"), "key-1", CREATED)))
                .isEmpty();
        assertThat(follow.decide(new BudgetState.Deleted())).isEmpty();
    }
}
