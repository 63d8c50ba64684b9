package dev.centime.budget.reaction;

import dev.centime.budget.BudgetCommands;
import dev.centime.budget.DerivedId;
import dev.centime.budget.command.allocatesession.AllocateSession;
import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.BudgetDefinition.Action;
import dev.centime.contracts.BudgetDefinition.Calendar;
import dev.centime.contracts.BudgetDefinition.Channel;
import dev.centime.contracts.BudgetDefinition.Threshold;
import dev.centime.contracts.Organization;
import dev.centime.contracts.Scope;
import dev.centime.contracts.SessionBudgetStated;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.projection.Reaction;
import dev.centime.kit.Organizations;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A file that was imported says what a session may cost: that becomes a custom budget for this session alone. */
@ApplicationScoped
public class WhenSessionBudgetStatedThenAllocate implements Reaction {
    private static final String ACTOR = "import";

    /** A session is told of day by day; a year holds all of them. */
    private static final int YEARS = 1;

    private final BudgetCommands commands;
    private final Organizations organizations;

    WhenSessionBudgetStatedThenAllocate(BudgetCommands commands, Organizations organizations) {
        this.commands = commands;
        this.organizations = organizations;
    }

    @Override
    public String name() {
        return "allocate-sessions";
    }

    @Override
    public Set<Class<?>> reads() {
        return Set.of(SessionBudgetStated.class);
    }

    @Override
    public Uni<Void> react(List<Event> page) {
        return Multi.createFrom()
                .iterable(page)
                .onItem()
                .transformToUniAndConcatenate(this::allocate)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> allocate(Event event) {
        var organization = event.stored().organization();
        var stated = (SessionBudgetStated) event.payload();
        return commands.send(event.stored(), null, organization, command(organization, stated, event), Boolean.class)
                .replaceWithVoid();
    }

    private AllocateSession command(String organization, SessionBudgetStated stated, Event event) {
        var budgetId =
                DerivedId.of("session-budget", organization, stated.session()).toString();
        var calendar = organizations
                .find(organization)
                .map(Calendar::of)
                .orElseGet(() -> Calendar.of(Organization.named(organization, organization)));
        return new AllocateSession(
                budgetId, definition(stated, calendar), ACTOR, event.stored().recordedAt());
    }

    private static BudgetDefinition definition(SessionBudgetStated stated, Calendar calendar) {
        return new BudgetDefinition(
                "Session " + stated.session(),
                "As the imported file says.",
                stated.allocated(),
                BudgetDefinition.Type.CUSTOM,
                stated.startDate(),
                stated.startDate().plusYears(YEARS).minusDays(1),
                calendar,
                new Scope(Map.of("session", List.of(stated.session()))),
                List.of(warnAt(80), warnAt(95), warnAt(100)),
                BudgetDefinition.Window.CALENDAR,
                BudgetDefinition.Rollover.NONE,
                null,
                false,
                true,
                BudgetDefinition.Contacts.NONE,
                60,
                true,
                null);
    }

    private static Threshold warnAt(int percent) {
        return new Threshold(BigDecimal.valueOf(percent), Action.WARN, List.of(Channel.CONSOLE));
    }
}
