package dev.centime.budget.reaction;

import dev.centime.budget.BudgetCommands;
import dev.centime.budget.command.followcalendar.FollowCalendar;
import dev.centime.budget.view.budgetspend.BudgetSpend;
import dev.centime.contracts.BudgetDefinition.Calendar;
import dev.centime.contracts.BudgetSet;
import dev.centime.contracts.Organization;
import dev.centime.contracts.OrganizationChanged;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.eventstore.projection.Projections;
import dev.centime.eventstore.projection.Reaction;
import dev.centime.kit.Organizations;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * An organization counts its days differently from now on: each of its budgets is set anew, by that calendar. A budget is looked at
 * as well when it is set, since it may have been set by the old calendar while the new one was on its way.
 */
@ApplicationScoped
public class WhenOrganizationChangesThenFollowItsCalendar implements Reaction {
    private static final String ACTOR = "budget-service";
    private static final Duration VIEW_DEADLINE = Duration.ofSeconds(2);

    private final Pool pool;
    private final EventLog log;
    private final BudgetCommands commands;
    private final Organizations organizations;
    private final Instance<Projections> projections;

    WhenOrganizationChangesThenFollowItsCalendar(
            @ReactiveDataSource("runner") Pool pool,
            EventLog log,
            BudgetCommands commands,
            Organizations organizations,
            Instance<Projections> projections) {
        this.pool = pool;
        this.log = log;
        this.commands = commands;
        this.organizations = organizations;
        this.projections = projections;
    }

    @Override
    public String name() {
        return "follow-calendars";
    }

    @Override
    public Set<Class<?>> reads() {
        return Set.of(OrganizationChanged.class, BudgetSet.class);
    }

    @Override
    public Uni<Void> react(List<Event> page) {
        return Multi.createFrom()
                .iterable(page)
                .onItem()
                .transformToUniAndConcatenate(this::react)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> react(Event event) {
        return switch (event.payload()) {
            case OrganizationChanged changed -> everyBudget(event.stored(), changed.organization());
            case BudgetSet set -> oneBudget(event.stored(), set);
            default ->
                throw new IllegalArgumentException("not read: " + event.stored().type());
        };
    }

    private Uni<Void> everyBudget(StoredEvent cause, Organization organization) {
        return log.partitionOf(organization.id())
                .chain(partition ->
                        seen(partition).chain(() -> SelectBudgetIds.execute(pool, partition, organization.id())))
                .chain(ids -> Multi.createFrom()
                        .iterable(ids)
                        .onItem()
                        .transformToUniAndConcatenate(
                                id -> follow(cause, organization.id(), id, Calendar.of(organization)))
                        .collect()
                        .last()
                        .replaceWithVoid());
    }

    /** Completes when the view holds every budget that the log holds now. */
    private Uni<Void> seen(int partition) {
        return Uni.combine()
                .all()
                .unis(log.timeline(), log.head(partition))
                .asTuple()
                .chain(at -> projections
                        .get()
                        .arrival(
                                BudgetSpend.NAME,
                                new Position(at.getItem1(), partition, at.getItem2()),
                                VIEW_DEADLINE));
    }

    private Uni<Void> oneBudget(StoredEvent cause, BudgetSet set) {
        var organization = cause.organization();
        return organizations
                .find(organization)
                .map(Calendar::of)
                .filter(calendar -> !calendar.equals(set.definition().calendar()))
                .map(calendar -> follow(cause, organization, set.budgetId(), calendar))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private Uni<Void> follow(StoredEvent cause, String organization, String budgetId, Calendar calendar) {
        return commands.send(cause, ACTOR, organization, new FollowCalendar(budgetId, calendar, ACTOR), Boolean.class)
                .replaceWithVoid();
    }
}
