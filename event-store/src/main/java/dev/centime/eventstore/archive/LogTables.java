package dev.centime.eventstore.archive;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.centime.eventstore.log.StoredEvent;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The log's tables as whoever archives sees them: as their owner, by whom alone they are taken out. */
final class LogTables implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(LogTables.class);
    private static final String LOCK = "hashtext('centime.log.archive')";

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    /** Of the platform nothing is archived: it is little, and what is kept in memory is read from its beginning. */
    private static final String OLDEST = """
            SELECT DISTINCT ON (r.partition) r.partition, r.first_offset, r.end_offset - 1 AS last_offset, r.table_name::text
            FROM log.event_range r JOIN log.head h ON h.partition = r.partition
            WHERE r.archived_at IS NULL AND r.partition > 0 AND log.head_of(r.partition) >= r.end_offset - 1
            ORDER BY r.partition, r.first_offset
            """;

    private static final String READERS =
            "SELECT service || '.' || reader AS reader, up_to FROM log.readers_of(?) WHERE up_to < ? ORDER BY up_to LIMIT 1";

    private static final String DATABASE =
            "SELECT c.system_identifier || '/' || d.oid AS name FROM pg_control_system() c,"
                    + " pg_database d WHERE d.datname = current_database()";

    private final Connection connection;

    private LogTables(Connection connection) {
        this.connection = connection;
    }

    /**
     * @param connection of an account that may become the owner
     * @throws IllegalStateException when somebody else archives now
     */
    static LogTables of(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET ROLE centime_owner");
            try (var rows = statement.executeQuery("SELECT pg_try_advisory_lock(" + LOCK + ") AS mine")) {
                rows.next();
                if (!rows.getBoolean("mine")) {
                    throw new IllegalStateException("somebody else archives this log now");
                }
            }
        }
        return new LogTables(connection);
    }

    /** Lets others archive. The server would too, but only when it comes to notice that the session has ended. */
    @Override
    public void close() {
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_unlock(" + LOCK + ")");
        } catch (SQLException e) {
            LOG.debugf(e, "the session is gone, and its lock with it");
        }
    }

    /** A table that is full. */
    record FullRange(int partition, long firstOffset, long lastOffset, String table) {
        long events() {
            return lastOffset - firstOffset + 1;
        }
    }

    /** The oldest table of every partition, of those that no event can be added to. */
    List<FullRange> oldest() throws SQLException {
        try (var statement = connection.prepareStatement(OLDEST);
                var rows = statement.executeQuery()) {
            var ranges = new ArrayList<FullRange>();
            while (rows.next()) {
                ranges.add(new FullRange(
                        rows.getInt("partition"),
                        rows.getLong("first_offset"),
                        rows.getLong("last_offset"),
                        rows.getString("table_name")));
            }
            return ranges;
        }
    }

    /** Who has not read to the end of a range, and how far he is. */
    Optional<String> slowestReader(FullRange range) throws SQLException {
        try (var statement = connection.prepareStatement(READERS)) {
            statement.setInt(1, range.partition());
            statement.setLong(2, range.lastOffset());
            try (var rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(rows.getString("reader") + " is at " + rows.getLong("up_to"))
                        : Optional.empty();
            }
        }
    }

    /** When the log took the last event of a range. */
    Instant lastRecorded(FullRange range) throws SQLException {
        var last = page(range, range.lastOffset() - 1, 1);
        if (last.isEmpty()) {
            throw new IllegalStateException(range.table() + " does not hold offset " + range.lastOffset());
        }
        return last.getFirst().recordedAt();
    }

    /** Some events of a range, after an offset. */
    List<StoredEvent> page(FullRange range, long after, int limit) throws SQLException {
        var sql =
                "SELECT log_offset, id, type, version, happened_at, recorded_at, organization, metadata, payload FROM log.\""
                        + range.table() + "\" WHERE partition = ? AND log_offset > ? ORDER BY log_offset LIMIT ?";
        try (var statement = connection.prepareStatement(sql)) {
            statement.setInt(1, range.partition());
            statement.setLong(2, after);
            statement.setInt(3, limit);
            try (var rows = statement.executeQuery()) {
                var events = new ArrayList<StoredEvent>(limit);
                while (rows.next()) {
                    events.add(event(range.partition(), rows));
                }
                return events;
            }
        }
    }

    private static StoredEvent event(int partition, ResultSet row) throws SQLException {
        return new StoredEvent(
                partition,
                row.getLong("log_offset"),
                row.getString("id"),
                row.getString("type"),
                row.getInt("version"),
                row.getObject("happened_at", OffsetDateTime.class).toInstant(),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                row.getString("organization"),
                row.getBytes("payload"),
                metadata(row.getString("metadata")));
    }

    private static Map<String, String> metadata(@Nullable String text) {
        try {
            return text == null ? Map.of() : EventLine.JSON.readValue(text, TEXTS);
        } catch (IOException e) {
            throw new IllegalStateException("metadata cannot be read", e);
        }
    }

    /** Which database this is: an archive holds the log of one. */
    String database() throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(DATABASE)) {
            rows.next();
            return rows.getString("name");
        }
    }

    /** Sets aside what decisions may ask for. @return how many events that is */
    long keepTagged(FullRange range) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT log.keep_tagged(?, ?)")) {
            statement.setInt(1, range.partition());
            statement.setLong(2, range.firstOffset());
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    /** From here on the file is what there is of a range. */
    void takeOut(FullRange range, String name, String hash, Manifest manifest) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT log.take_out(?, ?, ?, ?, ?, ?, ?)")) {
            statement.setInt(1, range.partition());
            statement.setLong(2, range.firstOffset());
            statement.setString(3, name);
            statement.setString(4, hash);
            statement.setLong(5, manifest.events());
            statement.setLong(6, manifest.bytes());
            statement.setObject(7, OffsetDateTime.parse(manifest.newestEvent()));
            statement.execute();
        }
    }
}
