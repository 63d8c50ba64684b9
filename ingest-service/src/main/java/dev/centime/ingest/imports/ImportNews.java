package dev.centime.ingest.imports;

import dev.centime.contracts.ImportProgressed;
import dev.centime.contracts.ImportProgressed.State;
import dev.centime.contracts.SessionBudgetStated;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.NewEvent;
import dev.centime.ingest.RecordIds;
import dev.centime.ingest.accept.file.SessionBudget;
import dev.centime.kit.Provenance;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Tells the log of imports: for whoever watches, and for who asks later what was imported by whom. */
@ApplicationScoped
class ImportNews {
    private static final Logger LOG = Logger.getLogger(ImportNews.class);

    private final ImportRows rows;
    private final EventLog log;
    private final EventTypes types;
    private final Clock clock;

    ImportNews(ImportRows rows, EventLog log, EventTypes types, Clock clock) {
        this.rows = rows;
        this.log = log;
        this.types = types;
        this.clock = clock;
    }

    /** As it stands, for which nobody has to wait: whoever records it, or asks, hears of it all the same. @return what was told of */
    Uni<Import> tell(ImportKey key) {
        return tell(key, standing -> background(standing));
    }

    /** As {@link #tell(ImportKey)}, of what somebody asked for. @param origin who, and from where */
    Uni<Import> tell(ImportKey key, Map<String, String> origin) {
        return tell(key, standing -> origin);
    }

    private Uni<Import> tell(ImportKey key, Function<Import, Map<String, String>> origin) {
        return rows.find(key).map(found -> found.orElseThrow(LostImport::new)).call(standing -> tell(
                        key, standing, standing.state(), origin.apply(standing))
                .onFailure()
                .invoke(failure -> LOG.warnf("import %s is not told of yet: %s", key.id(), failure))
                .onFailure()
                .recoverWithNull());
    }

    /** Told again, the same state with as many records done is told once. */
    Uni<Void> tell(ImportKey key, Import standing, State state) {
        return tell(key, standing, state, background(standing));
    }

    /** As {@link #tell(ImportKey, Import, State)}, of what somebody asked for. @param origin who, and from where */
    Uni<Void> tell(ImportKey key, Import standing, State state, Map<String, String> origin) {
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
        var id = RecordIds.derived(
                key.id(),
                "import",
                key.id(),
                // One that broke off may be begun anew.
                standing.createdAt().toString(),
                state.text(),
                String.valueOf(standing.recordsDone()));
        return append(key, List.of(event(id, progress, origin)));
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
                                background(standing)))
                        .toList());
    }

    /** What goes on by itself is still the doing of who began it. From where, the event says that tells of that. */
    private static Map<String, String> background(Import standing) {
        return Map.of(Provenance.ACTOR, standing.createdBy());
    }

    private NewEvent event(String id, Object payload, Map<String, String> origin) {
        return types.encode(id, clock.instant(), payload, origin, Set.of());
    }

    private Uni<Void> append(ImportKey key, List<NewEvent> events) {
        return events.isEmpty()
                ? Uni.createFrom().voidItem()
                : log.append(key.organization(), events).replaceWithVoid();
    }
}
