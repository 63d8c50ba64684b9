package dev.centime.ingest.report;

import dev.centime.contracts.WeekReported;
import dev.centime.contracts.WeeklyReportDue;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.eventstore.projection.Reaction;
import dev.centime.ingest.CaughtUp;
import dev.centime.ingest.RecordIds;
import dev.centime.kit.Organizations;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells what a week cost when somebody is to be told. Once for each week of an organization, since the event's id is made from both: asked
 * again, after a crash or by a calendar that changed, the log keeps the first answer.
 */
@ApplicationScoped
public class WhenWeeklyReportIsDueThenTellTheWeek implements Reaction {
    private final Organizations organizations;
    private final CaughtUp views;
    private final WeekInFigures figures;
    private final EventLog log;
    private final EventTypes types;

    WhenWeeklyReportIsDueThenTellTheWeek(
            Organizations organizations, CaughtUp views, WeekInFigures figures, EventLog log, EventTypes types) {
        this.organizations = organizations;
        this.views = views;
        this.figures = figures;
        this.log = log;
        this.types = types;
    }

    @Override
    public String name() {
        return "tell-week";
    }

    @Override
    public Set<Class<?>> reads() {
        return Set.of(WeeklyReportDue.class);
    }

    @Override
    public Uni<Void> react(List<Event> page) {
        return Multi.createFrom()
                .iterable(page)
                .onItem()
                .transformToUniAndConcatenate(event -> tell(event.stored(), (WeeklyReportDue) event.payload()))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> tell(StoredEvent asked, WeeklyReportDue due) {
        var id = asked.organization();
        var organization = organizations.known(id);
        return views.with(asked)
                .chain(() -> figures.of(organization, due.start(), due.end()))
                .chain(week -> append(id, due, week));
    }

    private Uni<Void> append(String organization, WeeklyReportDue due, WeekReported week) {
        var id =
                RecordIds.derived("", "week-reported", organization, due.start().toString());
        var event = types.encode(id, due.due(), week, Map.of("actor", "ingest-service"), Set.of());
        return log.append(organization, List.of(event)).replaceWithVoid();
    }
}
