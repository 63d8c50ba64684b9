package dev.centime.benchmarks.log;

import dev.centime.eventstore.log.NewEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The yardstick: the same rows into a plain table with a primary key. No lock, no ids, no condition, offsets counted here. */
final class RawInsert implements Side {
    static final String TABLE =
            "CREATE TABLE IF NOT EXISTS raw_event (partition integer NOT NULL, version integer NOT NULL,"
                    + " log_offset bigint NOT NULL, happened_at timestamptz NOT NULL, recorded_at timestamptz NOT NULL,"
                    + " organization text NOT NULL, id text NOT NULL, type text NOT NULL, metadata text, payload bytea NOT NULL,"
                    + " PRIMARY KEY (partition, log_offset)); GRANT ALL ON raw_event TO centime_bench";
    private static final String SQL = "INSERT INTO raw_event (partition, version, log_offset, happened_at, recorded_at,"
            + " organization, id, type, metadata, payload) SELECT 1, unnest($1::int[]),"
            + " generate_series($2::bigint, $3::bigint), unnest($4::timestamptz[]), clock_timestamp(), unnest($5::text[]),"
            + " unnest($6::text[]), unnest($7::text[]), unnest($8::text[]), unnest($9::bytea[])";

    private final io.vertx.sqlclient.Pool pool;
    private final AtomicLong offset = new AtomicLong();

    RawInsert(Pool pool) {
        this.pool = pool.getDelegate();
    }

    /** Goes on after that offset. */
    void from(long last) {
        offset.set(last);
    }

    @Override
    public String name() {
        return "raw unnest insert";
    }

    @Override
    public Uni<?> store(Batch batch) {
        var events = batch.events();
        long last = offset.addAndGet(events.size());
        return UniHelper.toUni(pool.preparedQuery(SQL).execute(parameters(events, last)));
    }

    private static Tuple parameters(List<NewEvent> events, long last) {
        int count = events.size();
        var versions = new Integer[count];
        var happened = new OffsetDateTime[count];
        var organizations = new String[count];
        var ids = new String[count];
        var types = new String[count];
        var metadata = new String[count];
        var payloads = new Buffer[count];
        for (int i = 0; i < count; i++) {
            var event = events.get(i);
            versions[i] = event.version();
            happened[i] = event.at().atOffset(ZoneOffset.UTC);
            organizations[i] = "default";
            ids[i] = event.id();
            types[i] = event.type();
            payloads[i] = Buffer.buffer(event.payload());
        }
        return Tuple.tuple()
                .addArrayOfInteger(versions)
                .addLong(last - count + 1)
                .addLong(last)
                .addArrayOfOffsetDateTime(happened)
                .addArrayOfString(organizations)
                .addArrayOfString(ids)
                .addArrayOfString(types)
                .addArrayOfString(metadata)
                .addArrayOfBuffer(payloads);
    }
}
