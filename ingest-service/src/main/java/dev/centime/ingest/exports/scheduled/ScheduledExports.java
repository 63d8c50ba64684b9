package dev.centime.ingest.exports.scheduled;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.contracts.Contracts;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.eventstore.projection.Projection;
import dev.centime.eventstore.projection.Timer;
import dev.centime.eventstore.projection.View;
import dev.centime.ingest.event.ExportCancelled;
import dev.centime.ingest.event.ExportEnded;
import dev.centime.ingest.event.ExportFellDue;
import dev.centime.ingest.event.ExportScheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/** Which exports are scheduled, what became of each time, and when they are due next. Event by event: they are few. */
@ApplicationScoped
public class ScheduledExports implements Projection {
    static final String SCHEDULES = "export_schedule";
    static final String RUNS = "export_run";

    private static final ObjectMapper MAPPER = Contracts.mapper();

    private static final String SCHEDULE =
            "INSERT INTO %s (partition, organization, id, definition, created_at, next_due)"
                    + " VALUES ($1, $2, $3, $4::text::jsonb, $5, $6) ON CONFLICT DO NOTHING";

    private static final String FALL_DUE =
            "INSERT INTO %s (partition, organization, export_id, due, first_day, last_day, state)"
                    + " VALUES ($1, $2, $3, $4, $5, $6, 'waiting') ON CONFLICT DO NOTHING";

    private static final String NEXT =
            "UPDATE %s SET next_due = $4 WHERE partition = $1 AND organization = $2 AND id = $3";

    private static final String END = "UPDATE %s SET state = $5, file = $6, bytes = $7, failure = $8, ended_at = $9"
            + " WHERE partition = $1 AND organization = $2 AND export_id = $3 AND due = $4 AND state = 'waiting'";

    private static final String CANCEL = "DELETE FROM %s WHERE partition = $1 AND organization = $2 AND id = $3";

    private static final String CANCEL_RUNS =
            "DELETE FROM %s WHERE partition = $1 AND organization = $2 AND export_id = $3";

    @Override
    public String name() {
        return "scheduled-exports";
    }

    @Override
    public List<String> tables() {
        return List.of(SCHEDULES, RUNS);
    }

    @Override
    public Set<Class<?>> reads() {
        return Set.of(ExportScheduled.class, ExportFellDue.class, ExportEnded.class, ExportCancelled.class);
    }

    @Override
    public Uni<Void> apply(View view, List<Event> page) {
        return Multi.createFrom()
                .iterable(page)
                .onItem()
                .transformToUniAndConcatenate(event -> fold(view, event))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static Uni<Void> fold(View view, Event event) {
        var stored = event.stored();
        return switch (event.payload()) {
            case ExportScheduled scheduled ->
                execute(
                                view,
                                SCHEDULE,
                                SCHEDULES,
                                key(view, stored, scheduled.exportId())
                                        .addString(json(scheduled))
                                        .addOffsetDateTime(utc(stored.recordedAt()))
                                        .addOffsetDateTime(utc(scheduled.firstDue())))
                        .chain(() -> due(view, stored, scheduled.exportId(), scheduled.firstDue()));
            case ExportFellDue fell -> fellDue(view, stored, fell);
            case ExportEnded ended ->
                execute(
                        view,
                        END,
                        RUNS,
                        key(view, stored, ended.exportId())
                                .addOffsetDateTime(utc(ended.due()))
                                .addString(ended.failure() == null ? "done" : "failed")
                                .addString(ended.file())
                                .addLong(ended.bytes())
                                .addString(ended.failure())
                                .addOffsetDateTime(utc(stored.recordedAt())));
            case ExportCancelled cancelled ->
                execute(view, CANCEL, SCHEDULES, key(view, stored, cancelled.exportId()))
                        .chain(() -> execute(view, CANCEL_RUNS, RUNS, key(view, stored, cancelled.exportId())))
                        .chain(() -> view.timers()
                                .cancel(
                                        WhenExportIsDueThenBegin.TIMER,
                                        stored.organization(),
                                        List.of(cancelled.exportId())));
            default -> throw new IllegalArgumentException("not asked for: " + stored.type());
        };
    }

    /** One that was cancelled meanwhile has no next time: its timer would stand for ever. */
    private static Uni<Void> fellDue(View view, StoredEvent stored, ExportFellDue fell) {
        var next = key(view, stored, fell.exportId()).addOffsetDateTime(utc(fell.nextDue()));
        return view.connection()
                .preparedQuery(NEXT.formatted(view.table(SCHEDULES)))
                .execute(next)
                .chain(found -> found.rowCount() == 0
                        ? Uni.createFrom().voidItem()
                        : execute(
                                        view,
                                        FALL_DUE,
                                        RUNS,
                                        key(view, stored, fell.exportId())
                                                .addOffsetDateTime(utc(fell.due()))
                                                .addLocalDate(fell.start())
                                                .addLocalDate(fell.end()))
                                .chain(() -> due(view, stored, fell.exportId(), fell.nextDue())));
    }

    private static Uni<Void> due(View view, StoredEvent stored, String exportId, Instant due) {
        return view.timers()
                .set(List.of(new Timer(WhenExportIsDueThenBegin.TIMER, stored.organization(), exportId, due)));
    }

    private static Uni<Void> execute(View view, String statement, String table, Tuple tuple) {
        return view.connection()
                .preparedQuery(statement.formatted(view.table(table)))
                .execute(tuple)
                .replaceWithVoid();
    }

    private static Tuple key(View view, StoredEvent stored, String exportId) {
        return Tuple.of(view.partition(), stored.organization(), exportId);
    }

    private static String json(ExportScheduled scheduled) {
        try {
            return MAPPER.writeValueAsString(scheduled);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
