package dev.centime.budget;

import dev.centime.budget.event.IncreaseDecided;
import dev.centime.budget.event.IncreaseRequested;
import dev.centime.contracts.BudgetDeleted;
import dev.centime.contracts.BudgetSet;
import dev.centime.eventstore.log.About;
import dev.centime.eventstore.log.Criterion;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.log.Tag;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A budget and what was asked for beyond its limit, as the log has them at this moment. They are found by what the audit finds them by, and
 * are few: a person has one open at a time, and each other one was decided by hand.
 */
@ApplicationScoped
public class IncreaseRequests {
    private final EventLog log;
    private final EventTypes types;

    IncreaseRequests(EventLog log, EventTypes types) {
        this.log = log;
        this.types = types;
    }

    /**
     * @param budget null when there is none, or no more
     * @param requests in the order in which they were made
     * @param head up to which the log was read
     */
    public record Read(@Nullable BudgetSet budget, List<IncreaseRequest> requests, Position head) {
        public Optional<IncreaseRequest> find(String requestId) {
            return requests.stream()
                    .filter(request -> request.requestId().equals(requestId))
                    .findFirst();
        }
    }

    /** What decides about a request: the budget itself, and whatever was decided before. */
    public Set<Criterion> criteria(String budgetId) {
        return Set.of(
                new Criterion(
                        Set.of(new Tag(BudgetConfiguration.BUDGET_TAG, budgetId)),
                        types.namesOf(Set.of(BudgetSet.class, BudgetDeleted.class))),
                new Criterion(
                        Set.of(About.entityTag("budget/" + budgetId)),
                        types.namesOf(Set.of(IncreaseRequested.class, IncreaseDecided.class))));
    }

    public Uni<Read> of(String organization, String budgetId) {
        return log.source(organization, criteria(budgetId), 0).map(sourced -> {
            var story = new Story();
            sourced.events().forEach(stored -> types.decode(stored).ifPresent(story::evolve));
            return new Read(story.budget, List.copyOf(story.requests.values()), sourced.head());
        });
    }

    private static final class Story {
        private final Map<String, IncreaseRequest> requests = new LinkedHashMap<>();
        private @Nullable BudgetSet budget;

        void evolve(Object event) {
            switch (event) {
                case BudgetSet set -> budget = set;
                case BudgetDeleted _ -> budget = null;
                case IncreaseRequested asked -> requests.put(asked.requestId(), IncreaseRequest.of(asked));
                case IncreaseDecided decided ->
                    requests.computeIfPresent(decided.requestId(), (id, request) -> request.decided(decided));
                default -> throw new IllegalArgumentException("not asked for: " + event);
            }
        }
    }
}
