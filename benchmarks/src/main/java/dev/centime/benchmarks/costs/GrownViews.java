package dev.centime.benchmarks.costs;

import dev.centime.benchmarks.DurableServer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * Views of more calls than can be sent in a bearable time: the rows that the log's calls were folded into, copied. What is read is as
 * large as if all had been folded; the log is not. By folding they would have become the same rows, since each copy of a call is counted in
 * the sums that a call like it is counted in.
 */
final class GrownViews {
    /** Kept free beside the copies: for what the server sorts, and for everybody else. */
    private static final long SPARE_BYTES = 4L << 30;

    private static final int CONNECTIONS = 2;

    /** Rows are read in the order of their index, and so added up as they come. */
    private static final String IN_ORDER =
            "SET enable_hashagg = off; SET enable_seqscan = off; SET enable_bitmapscan = off;"
                    + " SET work_mem = '64MB'; ";

    /** Of the tables that have about a row for each call; the others grow little, within what is spared. */
    private static final String SIZE = EnumSet.range(GrownTable.USER_CELL_QUARTER, GrownTable.SESSION_TOTAL).stream()
            .map(table -> "pg_total_relation_size('" + table.table() + "')")
            .collect(Collectors.joining(" + ", "SELECT ", ""));

    /** The counts and costs of a table, so many times, beside those of the copies. */
    private static final String SUMS =
            "SELECT sum(requests) * %factor% || ' calls, ' || trim_scale(sum(total_cost) * %factor%)"
                    + " FROM %table% WHERE partition = %partition% AND organization = '%organization%'";

    private final Copies copies;
    private final DurableServer server;

    GrownViews(Copies copies) {
        this.copies = copies;
        this.server = copies.server();
    }

    /**
     * While the tables are empty. A copy is then not written to the write-ahead log besides: that takes time and disk, and no read
     * differs by it.
     */
    static void withoutWriteAheadLog(DurableServer server) throws SQLException {
        for (var table : GrownTable.values()) {
            if (server.number("SELECT pg_relation_size('" + table.table() + "')") == 0) {
                server.execute("ALTER TABLE " + table.table() + " SET UNLOGGED");
            }
        }
    }

    void grow() throws IOException, SQLException, InterruptedException, ExecutionException {
        server.requireRoom(
                server.number(SIZE) * copies.times() + SPARE_BYTES,
                "Copying the views of " + copies.source() + " " + copies.times() + " times");
        setAutovacuum("off");
        try {
            // Of tags' values there are as many a day as before.
            server.execute(
                    copies.in("INSERT INTO ingest.value_width (partition, organization, dimension, bucket, cells, wide)"
                            + " SELECT %to%, '%target%', dimension, bucket, cells, wide FROM ingest.value_width"
                            + " WHERE partition = %from% AND organization = '%source%'"));
            forEachTable(this::copy);
        } finally {
            setAutovacuum("on");
        }
    }

    /** @throws IllegalStateException when the copies of a table are not so many times what they were made of */
    void check() throws InterruptedException, ExecutionException {
        forEachTable(table -> {
            var expected = sums(table, copies.from(), copies.source(), copies.times());
            var copied = sums(table, copies.to(), copies.target(), 1);
            if (!copied.equals(expected)) {
                throw new IllegalStateException(table.table() + " has " + copied + " and not " + expected);
            }
            return table.table() + ": " + copied;
        });
    }

    private String copy(GrownTable table) throws SQLException {
        var started = System.nanoTime();
        server.execute(IN_ORDER + table.copies(copies));
        var copied = System.nanoTime();
        server.execute("VACUUM ANALYZE " + table.table());
        return "%s: copied in %.0f s, vacuumed in %.0f s; %,d MB"
                .formatted(
                        table.table(),
                        (copied - started) / 1e9,
                        (System.nanoTime() - copied) / 1e9,
                        server.number("SELECT pg_total_relation_size('" + table.table() + "')") >> 20);
    }

    private String sums(GrownTable table, long partition, String organization, int factor) throws SQLException {
        return server.text(SUMS.replace("%factor%", String.valueOf(factor))
                .replace("%table%", table.table())
                .replace("%partition%", String.valueOf(partition))
                .replace("%organization%", organization));
    }

    private void setAutovacuum(String state) throws SQLException {
        server.execute("ALTER SYSTEM SET autovacuum = " + state);
        server.execute("SELECT pg_reload_conf()");
    }

    /** A few at a time; says of each what came of it. */
    private static void forEachTable(TableWork work) throws InterruptedException, ExecutionException {
        var under = new ArrayList<Future<String>>();
        try (var connections = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (var table : GrownTable.values()) {
                Callable<String> one = () -> work.on(table);
                under.add(connections.submit(one));
            }
            for (var done : List.copyOf(under)) {
                System.out.println("  " + done.get());
            }
        }
    }

    private interface TableWork {
        String on(GrownTable table) throws SQLException;
    }
}
