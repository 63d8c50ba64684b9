package dev.centime.benchmarks.log;

import dev.centime.benchmarks.DurableServer;
import java.sql.SQLException;

/**
 * Grows the raw table and the log by SQL, a million rows a commit: the same rows, keys and indexes as appends leave, in a fraction of
 * the time. Keys are in the order of time.
 */
record Fill(DurableServer server, int partition) {
    private static final long STEP = 1_000_000;
    private static final String PAYLOAD = """
            convert_to(format('{"recordId":"call-%1$s","provider":"anthropic","model":"claude-sonnet-4-5","project":"checkout",'
                || '"session":"session-%2$s","subject":"subject-%3$s","input":%4$s,"output":%5$s,"cacheRead":%6$s,"cost":"0.00%7$s",'
                || '"status":"ok"}', g, g / 40, g % 200, 1200 + g % 900, 300 + g % 70, g % 3 * 1000, 10000 + g % 9000), 'UTF8')""";
    /** Some fifty a millisecond, the last of them before now; what follows the time is as good as random. */
    private static final String KEY =
            "(lpad(to_hex(1700000000000 + g / 50), 12, '0') || '7' || substr(md5(g::text), 1, 19))::uuid";

    private static final String RAW =
            "INSERT INTO raw_event SELECT 1, 1, g, now(), clock_timestamp(), 'default', KEY::text,"
                    + " 'usage-recorded', NULL, PAYLOAD FROM generate_series(FROM, TO) g";
    private static final String IDS = "INSERT INTO log.event_id (log_offset, partition, key)"
            + " SELECT g, PARTITION, KEY FROM generate_series(FROM, TO) g";
    private static final String EVENTS =
            "INSERT INTO log.event (partition, version, log_offset, happened_at, recorded_at,"
                    + " organization, id, type, metadata, payload) SELECT PARTITION, 1, g, now(), clock_timestamp(), 'default',"
                    + " KEY::text, 'usage-recorded', NULL, PAYLOAD FROM generate_series(FROM, TO) g";

    /** Both hold as many events afterwards, or more if they did before. */
    void upTo(long size) throws SQLException {
        grow(server.number("SELECT coalesce(max(log_offset), 0) FROM raw_event"), size, RAW);
        long head = server.number("SELECT log.head_of(" + partition + ")");
        server.execute("SELECT log.make_room(" + partition + ", " + Math.max(0, size - head) + ")");
        grow(head, size, IDS, EVENTS);
        server.execute("VACUUM ANALYZE");
        server.execute("CHECKPOINT");
    }

    private void grow(long held, long size, String... statements) throws SQLException {
        for (long from = held + 1; from <= size; from += STEP) {
            for (var statement : statements) {
                server.execute(statement
                        .replace("KEY", KEY)
                        .replace("PAYLOAD", PAYLOAD)
                        .replace("PARTITION", String.valueOf(partition))
                        .replace("FROM, TO", from + ", " + Math.min(size, from + STEP - 1)));
            }
        }
    }
}
