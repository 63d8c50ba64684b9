package dev.centime.budget;

import dev.centime.contracts.BudgetEvent;
import dev.centime.eventstore.log.AppendCondition;
import dev.centime.eventstore.log.AppendRejected;
import dev.centime.eventstore.log.Criterion;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.log.Tag;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Runs a decision on one budget: its events are folded, it decides, and what it decided is appended if nothing came between. */
@ApplicationScoped
public class Decisions {
    private static final int ATTEMPTS = 5;

    private final EventLog log;
    private final EventTypes types;
    private final Clock clock;

    Decisions(EventLog log, EventTypes types, Clock clock) {
        this.log = log;
        this.types = types;
        this.clock = clock;
    }

    /** A budget after a decision, and up to where the log was read or written for it. */
    public record Decided(BudgetState state, Position position) {}

    /** The budget as the log has it now. */
    public Uni<Decided> current(String organization, String budgetId) {
        return log.source(organization, Set.of(criterion(budgetId)), 0)
                .map(sourced -> new Decided(fold(sourced), sourced.head()));
    }

    /** @param actor who wants it, as id; {@code decide} may be asked again when somebody else was faster */
    public Uni<Decided> run(
            String organization, String budgetId, String actor, Function<BudgetState, List<BudgetEvent>> decide) {
        return current(organization, budgetId)
                .chain(before -> append(organization, budgetId, actor, before, decide.apply(before.state())))
                .onFailure(AppendRejected.class)
                .retry()
                .atMost(ATTEMPTS);
    }

    private Uni<Decided> append(
            String organization, String budgetId, String actor, Decided before, List<BudgetEvent> events) {
        if (events.isEmpty()) {
            return Uni.createFrom().item(before);
        }
        var state = events.stream().reduce(before.state(), BudgetState::evolve, (left, right) -> right);
        var encoded = events.stream()
                .map(event -> types.encode(
                        UUID.randomUUID().toString(),
                        clock.instant(),
                        event,
                        Map.of("actor", actor),
                        Set.of(tag(budgetId))))
                .toList();
        var condition = new AppendCondition(
                Set.of(criterion(budgetId)), before.position().offset());
        return log.append(organization, encoded, condition).map(appended -> new Decided(state, appended.position()));
    }

    private BudgetState fold(EventLog.Sourced sourced) {
        var state = BudgetState.UNSET;
        for (var stored : sourced.events()) {
            if (types.decode(stored).orElse(null) instanceof BudgetEvent event) {
                state = BudgetState.evolve(state, event);
            }
        }
        return state;
    }

    private static Criterion criterion(String budgetId) {
        return new Criterion(Set.of(tag(budgetId)), Set.of());
    }

    private static Tag tag(String budgetId) {
        return new Tag("budget", budgetId);
    }
}
