package dev.centime.ingest.imports;

import dev.centime.contracts.ImportProgressed;
import dev.centime.contracts.ImportProgressed.State;
import dev.centime.contracts.SessionBudgetStated;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.NewEvent;
import dev.centime.ingest.RecordIds;
import dev.centime.ingest.accept.file.SessionBudget;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells the log of imports: for whoever watches, and for who asks later what was imported by whom. */
@ApplicationScoped
class ImportNews {
    private final EventLog log;
    private final EventTypes types;
    private final Clock clock;

    ImportNews(EventLog log, EventTypes types, Clock clock) {
        this.log = log;
        this.types = types;
        this.clock = clock;
    }

    /** Told again, the same state with as many records done is told once. */
    Uni<Void> tell(ImportKey key, Import standing, State state) {
        var report = standing.report();
        var progress = new ImportProgressed(
                key.id(),
                standing.name(),
                standing.format(),
                state,
                standing.dryRun(),
                standing.records(),
                standing.recordsDone(),
                report.accepted(),
                report.duplicates(),
                report.corrected(),
                report.rejected());
        var id = RecordIds.derived(key.id(), "import", key.id(), state.text(), String.valueOf(standing.recordsDone()));
        return append(key, List.of(event(id, progress, standing)));
    }

    /** What sessions may cost; an amount that was stated before is stated once. */
    Uni<Void> tell(ImportKey key, Import standing, List<SessionBudget> budgets) {
        return append(
                key,
                budgets.stream()
                        .map(budget -> event(
                                RecordIds.derived(
                                        "",
                                        "session-budget",
                                        key.organization(),
                                        budget.session(),
                                        budget.allocated().toString(),
                                        budget.startDate().toString()),
                                new SessionBudgetStated(
                                        budget.session(), budget.allocated(), budget.startDate(), key.id()),
                                standing))
                        .toList());
    }

    private NewEvent event(String id, Object payload, Import standing) {
        return types.encode(id, clock.instant(), payload, Map.of("actor", standing.createdBy()), Set.of());
    }

    private Uni<Void> append(ImportKey key, List<NewEvent> events) {
        return events.isEmpty()
                ? Uni.createFrom().voidItem()
                : log.append(key.organization(), events).replaceWithVoid();
    }
}
