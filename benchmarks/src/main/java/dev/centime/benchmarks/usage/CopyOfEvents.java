package dev.centime.benchmarks.usage;

import dev.centime.benchmarks.Rate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * The yardstick of recording: {@code COPY} of the very rows that were recorded, into tables of the same form and with the same
 * indexes, on the same server, each 5,000 rows a durable commit.
 */
final class CopyOfEvents {
    private static final int CHUNK = 5_000;
    private static final int CHUNKS = 20;
    private static final int PASSES = 5;

    private final Connection connection;
    private final CopyManager copy;
    private final List<byte[]> events = new ArrayList<>();
    private final List<byte[]> ids = new ArrayList<>();

    /** Reads the newest events of the fullest partition. */
    CopyOfEvents(Connection connection) throws SQLException, IOException {
        this.connection = connection;
        this.copy = connection.unwrap(PGConnection.class).getCopyAPI();
        execute("DROP TABLE IF EXISTS public.copied_event, public.copied_id");
        execute("CREATE TABLE public.copied_event (LIKE log.event INCLUDING ALL)");
        execute("CREATE TABLE public.copied_id (LIKE log.event_id INCLUDING ALL)");
        long[] place = fullest();
        for (long from = place[1] - (long) CHUNK * CHUNKS; from < place[1]; from += CHUNK) {
            var which = " WHERE partition = %d AND log_offset > %d AND log_offset <= %d ORDER BY log_offset"
                    .formatted(place[0], from, from + CHUNK);
            events.add(out("SELECT * FROM log.event" + which));
            ids.add(out("SELECT * FROM log.event_id" + which));
        }
    }

    private long[] fullest() throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT partition, log.head_of(partition) FROM log.head WHERE partition > 0 ORDER BY 2 DESC LIMIT 1")) {
            rows.next();
            if (rows.getLong(2) < (long) CHUNK * CHUNKS) {
                throw new IllegalStateException("only " + rows.getLong(2) + " events to copy");
            }
            return new long[] {rows.getLong(1), rows.getLong(2)};
        }
    }

    private byte[] out(String query) throws SQLException, IOException {
        var bytes = new ByteArrayOutputStream();
        copy.copyOut("COPY (" + query + ") TO STDOUT (FORMAT binary)", bytes);
        return bytes.toByteArray();
    }

    Rate measure() throws SQLException, IOException {
        pass();
        var perSecond = new double[PASSES];
        for (int i = 0; i < PASSES; i++) {
            perSecond[i] = pass();
        }
        return new Rate("COPY of the same rows", perSecond);
    }

    /** @return rows a second */
    private double pass() throws SQLException, IOException {
        execute("TRUNCATE public.copied_event, public.copied_id");
        long started = System.nanoTime();
        connection.setAutoCommit(false);
        for (int i = 0; i < events.size(); i++) {
            copy.copyIn("COPY public.copied_event FROM STDIN (FORMAT binary)", new ByteArrayInputStream(events.get(i)));
            copy.copyIn("COPY public.copied_id FROM STDIN (FORMAT binary)", new ByteArrayInputStream(ids.get(i)));
            connection.commit();
        }
        connection.setAutoCommit(true);
        return 1e9 * CHUNK * CHUNKS / (System.nanoTime() - started);
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
