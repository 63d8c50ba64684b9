package dev.centime.ingest.view;

import dev.centime.kit.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The days of UTC of which only sums are kept, since their calls have expired. What needs the calls of such a day is refused: it is not
 * answered from those that may still be there, nor as if there had been none. Days without calls are not among them.
 */
public final class GoneDays {
    private static final Duration DAY = Duration.ofDays(1);

    private static final String STATEMENT = """
            SELECT DISTINCT day.bucket FROM ingest.detail_horizon AS horizon
            JOIN ingest.value_day AS day ON day.partition = horizon.partition AND day.organization = horizon.organization
            WHERE ($1::int IS NULL OR horizon.partition = $1 AND horizon.organization = $2) AND horizon.before > $3
              AND day.dimension = '' AND day.bucket > $3::timestamptz - interval '1 day'
              AND day.bucket < least(horizon.before, $4) AND ($5::date IS NULL OR day.known_on = $5)
            """;

    private final NavigableSet<Instant> days;

    private GoneDays(NavigableSet<Instant> days) {
        this.days = days;
    }

    /** Where nothing is asked that only calls can answer. */
    public static GoneDays none() {
        return new GoneDays(Collections.emptyNavigableSet());
    }

    /**
     * @param partition of the organization, null for all organizations
     * @param from first instant
     * @param until first instant after
     * @param knownOn of days only of which the log learned something on this day of UTC, null for all
     */
    public static Uni<GoneDays> of(
            SqlConnection connection,
            @Nullable Integer partition,
            String organization,
            Instant from,
            Instant until,
            @Nullable LocalDate knownOn) {
        var tuple = Tuple.tuple()
                .addInteger(partition)
                .addString(organization)
                .addOffsetDateTime(utc(from))
                .addOffsetDateTime(utc(until))
                .addLocalDate(knownOn);
        return connection.preparedQuery(STATEMENT).execute(tuple).map(rows -> {
            var days = new TreeSet<Instant>();
            rows.forEach(row -> days.add(row.getOffsetDateTime("bucket").toInstant()));
            return new GoneDays(days);
        });
    }

    /**
     * Completes when all calls of a stretch are there. Read after the calls, in one transaction or not, it says that they were whole.
     *
     * @return fails with a {@link Problem}, 400, otherwise
     */
    public static Uni<Void> refuse(
            SqlConnection connection, int partition, String organization, Instant from, Instant until) {
        return of(connection, partition, organization, from, until, null)
                .invoke(gone -> gone.refuse(from, until))
                .replaceWithVoid();
    }

    public boolean isEmpty() {
        return days.isEmpty();
    }

    /** Whether a moment lies within one of these days, so that sums by day do not know what came before it. */
    public boolean within(Instant at) {
        var day = days.lower(at);
        return day != null && day.plus(DAY).isAfter(at);
    }

    /** @throws Problem 400 when a stretch of time touches one of these days */
    public void refuse(Instant from, Instant until) {
        var last = days.lower(until);
        if (last != null && last.plus(DAY).isAfter(from)) {
            throw Problem.badRequest("start_date", reason());
        }
    }

    /** What to do about it, for whoever names a field of his own. */
    public String reason() {
        return "must not be before " + days.last().plus(DAY)
                + ": of calls before that only sums are kept (detail_retention_days), by provider, model, project, experiment,"
                + " operation and user, and by day of UTC by run and tag";
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
