package dev.centime.budget;

import dev.centime.budget.event.LimitLifted;
import dev.centime.budget.limit.LimitLift;
import dev.centime.budget.limit.Periods;
import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.BudgetSet;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.kit.Individuals;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A budget as its last event left it.
 *
 * @param partition where its organization lies
 * @param measuredSince the revision since which limit, periods, scope and thresholds are what they are
 * @param measuredAt when the log learned of that revision
 * @param setAt when the log learned of the newest revision
 * @param periods of the definition
 * @param lifted what an administrator let beyond the limit, perhaps until some time ago; null for nothing
 */
public record StandingBudget(
        int partition,
        String organization,
        String budgetId,
        int revision,
        int measuredSince,
        Instant measuredAt,
        BudgetDefinition definition,
        Periods periods,
        String createdBy,
        Instant createdAt,
        Instant setAt,
        @Nullable Instant lastAlertAt,
        @Nullable LimitLifted lifted) {

    /** Whether how it stands tells what single persons did: it is about them, or stands differently for each session. */
    public boolean isOfIndividuals() {
        return definition.budgetType() == Type.SESSION || Individuals.in(definition.scope());
    }

    /** What was let beyond the limit, perhaps until some time ago; null for nothing. */
    public @Nullable LimitLift lift() {
        return lifted == null ? null : new LimitLift(lifted.until(), lifted.additionalAmount());
    }

    /** @param before null when this is the first revision */
    public static StandingBudget after(@Nullable StandingBudget before, BudgetSet event, StoredEvent stored) {
        var alike = before != null && measure(before.definition).equals(measure(event.definition())) ? before : null;
        return new StandingBudget(
                stored.partition(),
                stored.organization(),
                event.budgetId(),
                event.revision(),
                alike == null ? event.revision() : alike.measuredSince,
                alike == null ? stored.recordedAt() : alike.measuredAt,
                event.definition(),
                new Periods(event.definition()),
                event.createdBy(),
                event.createdAt(),
                stored.recordedAt(),
                before == null ? null : before.lastAlertAt,
                before == null ? null : before.lifted);
    }

    /** The definition without what says nothing about when a limit is reached: a new name raises no alert again. */
    private static BudgetDefinition measure(BudgetDefinition definition) {
        return new BudgetDefinition(
                "",
                null,
                definition.totalLimit(),
                definition.budgetType(),
                definition.startDate(),
                definition.endDate(),
                definition.calendar(),
                definition.scope(),
                definition.thresholds(),
                definition.window(),
                definition.rollover(),
                definition.rolloverCap(),
                definition.renews(),
                true,
                BudgetDefinition.Contacts.NONE,
                0,
                true,
                null);
    }
}
