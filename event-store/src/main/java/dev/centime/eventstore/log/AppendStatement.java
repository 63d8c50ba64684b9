package dev.centime.eventstore.log;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code log.append}: one call, by itself in autocommit, for the events of one or more appends to a partition. */
final class AppendStatement {
    private static final String SQL =
            "SELECT o_first, o_offsets, o_old, o_rejected, o_timeline FROM log.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";

    private final Pool pool;

    AppendStatement(Pool pool) {
        this.pool = pool;
    }

    /**
     * What the log says to a call.
     *
     * @param outcomes one for each event of all appends, in order; empty when rejected
     * @param timeline that the offsets are of
     */
    record Answer(List<Appended.Outcome> outcomes, boolean rejected, long timeline) {}

    Uni<Answer> execute(int partition, List<Append> appends, @Nullable AppendCondition condition) {
        int count = count(appends);
        var parameters = parameters(partition, appends, count, condition);
        return UniHelper.toUni(pool.preparedQuery(SQL).execute(parameters))
                .map(rows -> answer(rows.iterator().next(), count));
    }

    static int count(List<Append> appends) {
        return appends.stream().mapToInt(append -> append.events().size()).sum();
    }

    private static Tuple parameters(
            int partition, List<Append> appends, int count, @Nullable AppendCondition condition) {
        var organizations = new String[count];
        var ids = new String[count];
        var keys = new UUID[count];
        var types = new String[count];
        var versions = new Integer[count];
        var happened = new OffsetDateTime[count];
        var metadata = new String[count];
        var payloads = new Buffer[count];
        var tagEvents = new ArrayList<Integer>();
        var tags = new ArrayList<String>();
        Map<String, String> before = Map.of();
        int i = 0;
        for (var append : appends) {
            for (var event : append.events()) {
                organizations[i] = append.organization();
                ids[i] = event.id();
                keys[i] = EventKey.of(append.organization(), event.id());
                types[i] = event.type();
                versions[i] = event.version();
                happened[i] = event.at().atOffset(ZoneOffset.UTC);
                metadata[i] =
                        i > 0 && event.metadata().equals(before) ? metadata[i - 1] : Metadata.write(event.metadata());
                before = event.metadata();
                payloads[i] = Buffer.buffer(event.payload());
                i++;
                for (var tag : event.tags()) {
                    tagEvents.add(i);
                    tags.add(Criteria.text(tag));
                }
            }
        }
        var keyOrder = keyOrder(keys);
        return Tuple.tuple()
                .addInteger(partition)
                .addArrayOfString(onceIfAlike(organizations))
                .addArrayOfString(ids)
                .addArrayOfUUID(keys)
                .addArrayOfInteger(keyOrder)
                .addArrayOfString(onceIfAlike(types))
                .addArrayOfInteger(onceIfAlike(versions))
                .addArrayOfOffsetDateTime(happened)
                .addArrayOfString(onceIfAlike(metadata))
                .addArrayOfBuffer(payloads)
                .addArrayOfInteger(tagEvents.toArray(Integer[]::new))
                .addArrayOfString(tags.toArray(String[]::new))
                .addBoolean(repeats(keys, keyOrder))
                .addValue(condition == null ? null : json(condition));
    }

    /** What most events of a call have in common is sent once. */
    private static <T> T[] onceIfAlike(T[] values) {
        for (int i = 1; i < values.length; i++) {
            if (!Objects.equals(values[i], values[0])) {
                return values;
            }
        }
        return Arrays.copyOf(values, 1);
    }

    /** Places from 1, in the order in which PostgreSQL sorts: byte by byte, unlike Java's. Null when they are in that order. */
    private static Integer @Nullable [] keyOrder(UUID[] keys) {
        int sorted = 1;
        while (sorted < keys.length && compare(keys[sorted - 1], keys[sorted]) < 0) {
            sorted++;
        }
        if (sorted == keys.length) {
            return null;
        }
        var order = new Integer[keys.length];
        Arrays.setAll(order, i -> i + 1);
        Arrays.sort(order, (a, b) -> compare(keys[a - 1], keys[b - 1]));
        return order;
    }

    private static int compare(UUID left, UUID right) {
        int high = Long.compareUnsigned(left.getMostSignificantBits(), right.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(left.getLeastSignificantBits(), right.getLeastSignificantBits());
    }

    private static boolean repeats(UUID[] keys, Integer @Nullable [] order) {
        if (order == null) {
            return false;
        }
        for (int i = 1; i < order.length; i++) {
            if (keys[order[i] - 1].equals(keys[order[i - 1] - 1])) {
                return true;
            }
        }
        return false;
    }

    private static JsonObject json(AppendCondition condition) {
        var within = condition.within();
        return new JsonObject()
                .put("after", condition.after())
                .put("timeline", condition.timeline())
                .put("any", Criteria.json(condition.anyOf()))
                .put("within_ms", within == null ? null : within.toMillis());
    }

    private static Answer answer(Row row, int count) {
        if (row.getBoolean(3)) {
            return new Answer(List.of(), true, row.getLong(4));
        }
        var outcomes = new ArrayList<Appended.Outcome>(count);
        var first = row.getLong(0);
        if (first != null) {
            for (int i = 0; i < count; i++) {
                outcomes.add(new Appended.Outcome(first + i, false));
            }
        } else {
            var offsets = row.getArrayOfLongs(1);
            var old = row.getArrayOfBooleans(2);
            for (int i = 0; i < count; i++) {
                outcomes.add(new Appended.Outcome(offsets[i], old[i]));
            }
        }
        return new Answer(outcomes, false, row.getLong(4));
    }
}
