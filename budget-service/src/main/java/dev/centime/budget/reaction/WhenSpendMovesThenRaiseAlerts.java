package dev.centime.budget.reaction;

import dev.centime.budget.view.budgetspend.BudgetSpend;
import dev.centime.contracts.BudgetSet;
import dev.centime.contracts.UsageCorrected;
import dev.centime.contracts.UsageRecorded;
import dev.centime.contracts.UsageRepriced;
import dev.centime.eventstore.log.Appended;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.NewEvent;
import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.projection.Projections;
import dev.centime.eventstore.projection.Reaction;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A threshold that spend has reached becomes an alert in the log. The view says which were reached; it is waited for, and what it
 * still holds as not raised from earlier pages goes along. The alert's id follows from the crossing, so that the log takes it once,
 * whoever appends it and however often.
 */
@ApplicationScoped
public class WhenSpendMovesThenRaiseAlerts implements Reaction {
    /** The view folds the same page at the same time; what takes longer is tried again. */
    private static final Duration VIEW_DEADLINE = Duration.ofSeconds(2);

    private static final int MOST_AT_ONCE = 200;

    private final Pool pool;
    private final EventLog log;
    private final EventTypes types;
    private final Supplier<Projections> projections;

    @Inject
    WhenSpendMovesThenRaiseAlerts(
            @ReactiveDataSource("runner") Pool pool,
            EventLog log,
            EventTypes types,
            Instance<Projections> projections) {
        this(pool, log, types, (Supplier<Projections>) projections::get);
    }

    /** @param projections which know this reaction, too, and so come after it */
    public WhenSpendMovesThenRaiseAlerts(Pool pool, EventLog log, EventTypes types, Supplier<Projections> projections) {
        this.pool = pool;
        this.log = log;
        this.types = types;
        this.projections = projections;
    }

    @Override
    public String name() {
        return "raise-budget-alerts";
    }

    @Override
    public Set<Class<?>> reads() {
        return Set.of(UsageRecorded.class, UsageRepriced.class, UsageCorrected.class, BudgetSet.class);
    }

    @Override
    public Uni<Void> react(List<Event> page) {
        var organizations =
                page.stream().map(event -> event.stored().organization()).collect(Collectors.toSet());
        var last = page.getLast().stored();
        return log.timeline()
                .chain(timeline -> projections
                        .get()
                        .arrival(
                                BudgetSpend.NAME,
                                new Position(timeline, last.partition(), last.offset()),
                                VIEW_DEADLINE))
                .chain(() -> SelectPendingCrossings.execute(pool, last.partition(), organizations))
                .chain(this::raise);
    }

    /** All of them at once: the log takes those that come together together. */
    private Uni<Void> raise(List<SelectPendingCrossings.Pending> pending) {
        var byOrganization = pending.stream()
                .collect(Collectors.groupingBy(
                        SelectPendingCrossings.Pending::organization,
                        LinkedHashMap::new,
                        Collectors.mapping(this::event, Collectors.toList())));
        if (byOrganization.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Uni<Appended>> appends = byOrganization.entrySet().stream()
                .map(own -> log.append(own.getKey(), own.getValue()))
                .toList();
        return Uni.join()
                .all(appends)
                .usingConcurrencyOf(MOST_AT_ONCE)
                .andFailFast()
                .replaceWithVoid();
    }

    private NewEvent event(SelectPendingCrossings.Pending pending) {
        var alert = pending.alert();
        return types.encode(alert.alertId(), alert.raisedAt(), alert, Map.of("actor", "budget-service"), Set.of());
    }
}
