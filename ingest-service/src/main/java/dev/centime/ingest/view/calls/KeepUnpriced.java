package dev.centime.ingest.view.calls;

import static dev.centime.ingest.view.Contribution.keyed;

import dev.centime.contracts.Cost;
import dev.centime.contracts.Model;
import dev.centime.contracts.UsageCorrected;
import dev.centime.contracts.UsageRecorded;
import dev.centime.contracts.UsageRepriced;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.projection.View;
import dev.centime.ingest.RecordIds;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which calls have no price, be their cost unknown or the caller's own: in with whatever leaves a call without one, a record or a
 * correction; out with the correction that gives it one.
 */
final class KeepUnpriced {
    static final String TABLE = "unpriced_call";

    private static final String INSERT = "INSERT INTO %s (partition, organization, event_id, provider, model, at)"
            + " SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])"
            + " ON CONFLICT (partition, organization, event_id) DO NOTHING";

    private static final String DELETE = "DELETE FROM %s AS call USING unnest($2::text[], $3::text[])"
            + " AS priced (organization, event_id)"
            + " WHERE call.partition = $1 AND call.organization = priced.organization AND call.event_id = priced.event_id";

    private KeepUnpriced() {}

    private record Call(String organization, String eventId) {}

    private record Row(Call call, String provider, String model, OffsetDateTime at) {}

    static Uni<Void> of(View view, List<Event> page) {
        // The last word of the page on each call; null is "has a price now".
        var last = new HashMap<Call, @Nullable Row>();
        page.forEach(event -> note(last, event));
        var rows = last.values().stream().filter(java.util.Objects::nonNull).toList();
        var priced = last.entrySet().stream()
                .filter(entry -> entry.getValue() == null)
                .map(Map.Entry::getKey)
                .toList();
        return insert(view, rows).chain(() -> delete(view, priced));
    }

    private static void note(Map<Call, @Nullable Row> last, Event event) {
        var organization = event.stored().organization();
        switch (event.payload()) {
            case UsageRecorded usage
            when !priced(usage.cost()) -> {
                var call = new Call(organization, event.stored().id());
                last.put(call, row(call, usage.model(), usage.timestamp()));
            }
            case UsageRepriced repriced -> {
                var id = RecordIds.event(organization, repriced.source(), repriced.recordId());
                var call = new Call(organization, id);
                last.put(call, priced(repriced.after()) ? null : row(call, repriced.model(), repriced.timestamp()));
            }
            case UsageCorrected corrected -> {
                var id = RecordIds.event(organization, corrected.source(), corrected.recordId());
                var call = new Call(organization, id);
                last.put(
                        call,
                        priced(corrected.after().cost()) ? null : row(call, corrected.model(), corrected.timestamp()));
            }
            default -> {}
        }
    }

    private static boolean priced(Cost cost) {
        return cost.source() == Cost.Source.CALCULATED;
    }

    private static Row row(Call call, Model model, Instant at) {
        return new Row(call, keyed(model.provider()), model.name(), OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
    }

    private static Uni<Void> insert(View view, List<@Nullable Row> rows) {
        if (rows.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var tuple = Tuple.tuple()
                .addInteger(view.partition())
                .addArrayOfString(
                        rows.stream().map(row -> row.call.organization).toArray(String[]::new))
                .addArrayOfString(rows.stream().map(row -> row.call.eventId).toArray(String[]::new))
                .addArrayOfString(rows.stream().map(Row::provider).toArray(String[]::new))
                .addArrayOfString(rows.stream().map(Row::model).toArray(String[]::new))
                .addArrayOfOffsetDateTime(rows.stream().map(Row::at).toArray(OffsetDateTime[]::new));
        return view.connection()
                .preparedQuery(INSERT.formatted(view.table(TABLE)))
                .execute(tuple)
                .replaceWithVoid();
    }

    private static Uni<Void> delete(View view, List<Call> priced) {
        if (priced.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return view.connection()
                .preparedQuery(DELETE.formatted(view.table(TABLE)))
                .execute(Tuple.of(
                        view.partition(),
                        priced.stream().map(Call::organization).toArray(String[]::new),
                        priced.stream().map(Call::eventId).toArray(String[]::new)))
                .replaceWithVoid();
    }
}
