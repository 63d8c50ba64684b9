package dev.centime.budget;

import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.eventstore.log.Criterion;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.log.Tag;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.Set;

/** The limits of one person as the log has them at this moment. */
@ApplicationScoped
public class CurrentUserLimits {
    private final EventLog log;
    private final EventTypes types;

    CurrentUserLimits(EventLog log, EventTypes types) {
        this.log = log;
        this.types = types;
    }

    /** @param head up to which the log was read */
    public record Read(UserLimits limits, Position head) {}

    /** What makes the limits of a person. */
    public static Set<Criterion> criteria(String subject) {
        var criteria = new HashSet<Criterion>();
        criteria.add(new Criterion(Set.of(tag(subject)), Set.of()));
        for (Type period : UserLimits.PERIODS) {
            var budget = new Tag(BudgetConfiguration.BUDGET_TAG, UserLimits.budgetId(subject, period));
            criteria.add(new Criterion(Set.of(budget), Set.of()));
        }
        return criteria;
    }

    public static Tag tag(String subject) {
        return new Tag("user-limits", subject);
    }

    public Uni<Read> of(String organization, String subject) {
        return log.source(organization, criteria(subject), 0).map(sourced -> {
            var limits = new UserLimits(subject);
            sourced.events().forEach(stored -> types.decode(stored).ifPresent(limits::evolve));
            return new Read(limits, sourced.head());
        });
    }
}
