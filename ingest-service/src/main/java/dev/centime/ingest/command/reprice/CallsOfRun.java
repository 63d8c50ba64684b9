package dev.centime.ingest.command.reprice;

import dev.centime.contracts.Organization;
import dev.centime.eventstore.log.EventLog;
import dev.centime.ingest.RecordIds;
import dev.centime.ingest.command.reprice.RunProgress.Place;
import dev.centime.ingest.view.CoveredCalls;
import dev.centime.ingest.view.GoneDays;
import dev.centime.kit.Problem;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The calls of one organization that a run is about, from the detail rows, in the order of time. */
@ApplicationScoped
class CallsOfRun {
    /** Timestamps are taken up to a day ahead. */
    private static final long AHEAD_DAYS = 2;

    private final EventLog log;
    private final Tenants tenants;

    CallsOfRun(EventLog log, Tenants tenants) {
        this.log = log;
        this.tenants = tenants;
    }

    /** @param last the last call of the page; where the page began when there is none */
    record Page(List<String> eventIds, Place last) {}

    Uni<Page> after(RunOrder order, Organization organization, Place place, Instant now, int limit) {
        return log.partitionOf(organization.id()).chain(partition -> {
            var tuple = within(order, organization, partition, now);
            var sql = new StringBuilder("SELECT at, log_offset, source, record_id ").append(from(order, tuple));
            tuple.addOffsetDateTime(utc(place.at())).addLong(place.offset()).addInteger(limit);
            sql.append(" AND (at, log_offset) > ($%d, $%d) ORDER BY at, log_offset LIMIT $%d"
                    .formatted(tuple.size() - 2, tuple.size() - 1, tuple.size()));
            return tenants.with(organization.id(), connection -> connection
                    .preparedQuery(sql.toString())
                    .execute(tuple)
                    .map(rows -> {
                        var ids = new ArrayList<String>();
                        var last = place;
                        for (var row : rows) {
                            ids.add(RecordIds.event(
                                    organization.id(), row.getString("source"), row.getString("record_id")));
                            last = new Place(
                                    organization.id(),
                                    row.getOffsetDateTime("at").toInstant(),
                                    row.getLong("log_offset"));
                        }
                        return new Page(ids, last);
                    })
                    // What expired behind the place has its new price already.
                    .call(() -> whole(
                            connection,
                            later(place.at(), from(order, organization)),
                            order,
                            organization,
                            partition,
                            now)));
        });
    }

    Uni<Long> count(RunOrder order, Organization organization, Instant now) {
        return log.partitionOf(organization.id()).chain(partition -> {
            var tuple = within(order, organization, partition, now);
            var sql = "SELECT count(*) " + from(order, tuple);
            return tenants.with(organization.id(), connection -> connection
                    .preparedQuery(sql)
                    .execute(tuple)
                    .map(rows -> rows.iterator().next().getLong(0))
                    .call(() -> whole(connection, from(order, organization), order, organization, partition, now)));
        });
    }

    /**
     * Completes when the calls that an order is about are all there, of one organization or of everybody's.
     *
     * @param whose calendar names its days; {@code *} for all organizations
     */
    Uni<Void> whole(RunOrder order, Organization whose, Instant now) {
        return order.organization() == null
                ? tenants.with(whose.id(), connection -> whole(connection, from(order, whose), order, whose, null, now))
                : log.partitionOf(whose.id())
                        .chain(partition -> tenants.with(
                                whose.id(),
                                connection -> whole(connection, from(order, whose), order, whose, partition, now)));
    }

    /** Calls that have expired cannot be priced again, and the sums do not tell how many tokens of which were at which step. */
    private static Uni<Void> whole(
            SqlConnection connection,
            Instant from,
            RunOrder order,
            Organization whose,
            @Nullable Integer partition,
            Instant now) {
        return GoneDays.of(connection, partition, whose.id(), from, until(order, whose, now), null)
                .invoke(gone -> {
                    if (!gone.isEmpty()) {
                        throw Problem.unprocessable("start_date", gone.reason());
                    }
                })
                .replaceWithVoid();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant from(RunOrder order, Organization whose) {
        return order.start().atStartOfDay(whose.timeZone()).toInstant();
    }

    private static Instant until(RunOrder order, Organization whose, Instant now) {
        var zone = whose.timeZone();
        var day = order.end() == null
                ? now.atZone(zone).toLocalDate().plusDays(AHEAD_DAYS)
                : order.end().plusDays(1);
        return day.atStartOfDay(zone).toInstant();
    }

    private static Tuple within(RunOrder order, Organization organization, int partition, Instant now) {
        return Tuple.tuple()
                .addInteger(partition)
                .addString(organization.id())
                .addOffsetDateTime(utc(from(order, organization)))
                .addOffsetDateTime(utc(until(order, organization, now)));
    }

    private static String from(RunOrder order, Tuple tuple) {
        return "FROM ingest.usage_detail"
                + " WHERE partition = $1 AND organization = $2 AND at >= $3 AND at < $4 AND NOT correction"
                + CoveredCalls.conditions(order.scope(), tuple);
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
