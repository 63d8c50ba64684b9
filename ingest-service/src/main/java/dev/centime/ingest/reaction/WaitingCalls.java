package dev.centime.ingest.reaction;

import dev.centime.eventstore.log.EventLog;
import dev.centime.ingest.command.reprice.Repricing;
import dev.centime.ingest.reaction.AffectedModels.Model;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Calls of a model that nothing has priced, whether they never had a price or a repricing found it withdrawn. */
@ApplicationScoped
class WaitingCalls {
    private static final String STATEMENT = """
            SELECT at, event_id FROM ingest.unpriced_call
            WHERE partition = $1 AND organization = $2 AND provider = $3 AND model = $4 AND (at, event_id) > ($5, $6)
            ORDER BY at, event_id LIMIT $7
            """;

    private final EventLog log;
    private final Tenants tenants;

    WaitingCalls(EventLog log, Tenants tenants) {
        this.log = log;
        this.tenants = tenants;
    }

    record End(OffsetDateTime at, String eventId) {}

    /**
     * A page of calls, in the order of time.
     *
     * @param eventIds of their records; none on the page after the last
     * @param end where the next page begins
     */
    record Page(List<String> eventIds, End end) {
        private Uni<Page> corrected(Function<List<String>, Uni<?>> correct) {
            return eventIds.isEmpty()
                    ? Uni.createFrom().item(this)
                    : correct.apply(eventIds).replaceWith(this);
        }
    }

    /** Corrects them all, one page after another however many there are. @param correct takes the event ids of a page */
    Uni<Void> each(Model model, Function<List<String>, Uni<?>> correct) {
        return each(from -> page(model, from), correct);
    }

    /** @param pages by where the page before ended, null for the first */
    static Uni<Void> each(Function<@Nullable End, Uni<Page>> pages, Function<List<String>, Uni<?>> correct) {
        return Uni.createFrom().deferred(() -> {
            var place = new AtomicReference<@Nullable End>();
            return Multi.createBy()
                    .repeating()
                    .uni(() -> pages.apply(place.get())
                            .invoke(page -> place.set(page.end()))
                            .chain(page -> page.corrected(correct)))
                    .whilst(page -> !page.eventIds().isEmpty())
                    .collect()
                    .last()
                    .replaceWithVoid();
        });
    }

    private Uni<Page> page(Model model, @Nullable End from) {
        var end = from == null ? new End(model.start(), "") : from;
        return log.partitionOf(model.organization())
                .chain(partition -> tenants.with(model.organization(), connection -> connection
                        .preparedQuery(STATEMENT)
                        .execute(Tuple.tuple()
                                .addInteger(partition)
                                .addString(model.organization())
                                .addString(model.provider())
                                .addString(model.name())
                                .addOffsetDateTime(end.at())
                                .addString(end.eventId())
                                .addInteger(Repricing.CHUNK))
                        .map(rows -> {
                            var ids = new ArrayList<String>();
                            var last = end;
                            for (var row : rows) {
                                last = new End(row.getOffsetDateTime("at"), row.getString("event_id"));
                                ids.add(last.eventId());
                            }
                            return new Page(ids, last);
                        })));
    }
}
