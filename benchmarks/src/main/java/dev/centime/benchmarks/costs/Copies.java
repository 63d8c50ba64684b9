package dev.centime.benchmarks.costs;

import dev.centime.benchmarks.DurableServer;
import java.sql.SQLException;

/**
 * So many copies of what one organization has in the views, under another.
 *
 * @param source the organization that was folded
 * @param target one that exists and has nothing yet
 */
record Copies(DurableServer server, String source, String target, int times, long from, long to) {
    static Copies of(DurableServer server, String source, String target, int times) throws SQLException {
        return new Copies(server, source, target, times, partition(server, source), partition(server, target));
    }

    /** SQL with everything known of them in place of its name between percent signs; {@code nth} is left to the statement. */
    String in(String sql) {
        return sql.replace("%source%", source)
                .replace("%target%", target)
                .replace("%times%", String.valueOf(times))
                .replace("%from%", String.valueOf(from))
                .replace("%to%", String.valueOf(to));
    }

    private static long partition(DurableServer server, String organization) throws SQLException {
        return server.number("SELECT log.partition_of('" + organization + "')");
    }
}
