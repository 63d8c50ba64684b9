package dev.centime.ingest.exports.scheduled;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.contracts.Contracts;
import dev.centime.eventstore.log.EventLog;
import dev.centime.ingest.event.ExportScheduled;
import dev.centime.ingest.exports.scheduled.ScheduledExport.Run;
import dev.centime.kit.PlaceInTime;
import dev.centime.kit.Problem;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads which exports an organization has scheduled. */
@ApplicationScoped
class SelectSchedules {
    /** The history that is shown. */
    private static final int RUNS = 100;

    private static final ObjectMapper MAPPER = Contracts.mapper();

    private static final String COLUMNS = "SELECT definition::text AS definition, created_at, next_due"
            + " FROM ingest.export_schedule WHERE partition = $1 AND organization = $2 AND ";

    private static final String ONE = COLUMNS + "id = $3";

    private static final String PAGE =
            COLUMNS + "(created_at, id) < ($3, $4) ORDER BY created_at DESC, id DESC LIMIT $5";

    private static final String COUNT =
            "SELECT count(*) AS schedules FROM ingest.export_schedule WHERE partition = $1 AND organization = $2";

    /** While it waits, why the last try failed stands with the lease. */
    private static final String HISTORY = """
            SELECT run.due, run.first_day, run.last_day, run.state, run.file, run.bytes, run.ended_at,
                coalesce(lease.epoch, 0) AS tries,
                CASE run.state WHEN 'waiting' THEN lease.failure ELSE run.failure END AS failure
            FROM ingest.export_run AS run
            LEFT JOIN ingest.export_lease AS lease ON lease.partition = run.partition
              AND lease.organization = run.organization AND lease.export_id = run.export_id AND lease.due = run.due
            WHERE run.partition = $1 AND run.organization = $2 AND run.export_id = $3
            ORDER BY run.due DESC LIMIT %d
            """.formatted(RUNS);

    private final EventLog log;
    private final Tenants tenants;

    SelectSchedules(EventLog log, Tenants tenants) {
        this.log = log;
        this.tenants = tenants;
    }

    /** As it lies in the view; users are subject ids. */
    record Standing(ExportScheduled scheduled, Instant createdAt, Instant nextDue) {}

    Uni<Optional<Standing>> one(String organization, String id) {
        return rows(organization, ONE, List.of(id))
                .map(rows -> rows.stream().findFirst().map(SelectSchedules::standing));
    }

    /** @throws Problem (as a failure) 404 when there is none */
    Uni<Standing> standing(String organization, String id) {
        return one(organization, id).map(found -> found.orElseThrow(() -> Problem.notFound("scheduled export " + id)));
    }

    /** Those made before a place, newest first. */
    Uni<List<Standing>> page(String organization, PlaceInTime before, int limit) {
        return rows(
                        organization,
                        PAGE,
                        List.of(OffsetDateTime.ofInstant(before.at(), ZoneOffset.UTC), before.id(), limit))
                .map(rows -> rows.stream().map(SelectSchedules::standing).toList());
    }

    Uni<Long> count(String organization) {
        return rows(organization, COUNT, List.of()).map(rows -> rows.getFirst().getLong("schedules"));
    }

    /** The last times, newest first. */
    Uni<List<Run>> history(String organization, String id) {
        return rows(organization, HISTORY, List.of(id))
                .map(rows -> rows.stream().map(SelectSchedules::run).toList());
    }

    private Uni<List<Row>> rows(String organization, String statement, List<Object> parameters) {
        return log.partitionOf(organization).chain(partition -> {
            var tuple = Tuple.tuple().addInteger(partition).addString(organization);
            parameters.forEach(tuple::addValue);
            return tenants.with(organization, connection -> connection
                    .preparedQuery(statement)
                    .execute(tuple)
                    .map(rows -> {
                        var found = new ArrayList<Row>(rows.size());
                        rows.forEach(found::add);
                        return found;
                    }));
        });
    }

    private static Standing standing(Row row) {
        return new Standing(
                definition(row.getString("definition")),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("next_due").toInstant());
    }

    static ExportScheduled definition(String json) {
        try {
            return MAPPER.readValue(json, ExportScheduled.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a scheduled export cannot be read", e);
        }
    }

    private static Run run(Row row) {
        var endedAt = row.getOffsetDateTime("ended_at");
        return new Run(
                row.getOffsetDateTime("due").toInstant(),
                row.getLocalDate("first_day"),
                row.getLocalDate("last_day"),
                row.getString("state"),
                row.getString("file"),
                row.getLong("bytes"),
                row.getInteger("tries"),
                row.getString("failure"),
                endedAt == null ? null : endedAt.toInstant());
    }
}
