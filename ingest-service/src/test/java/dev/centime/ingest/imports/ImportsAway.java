package dev.centime.ingest.imports;

import dev.centime.database.TestPostgres;
import java.sql.SQLException;

/** A database that nobody can ask about imports, until that ends. */
final class ImportsAway implements AutoCloseable {
    private final TestPostgres.Database database;

    private ImportsAway(TestPostgres.Database database) {
        this.database = database;
    }

    static ImportsAway in(TestPostgres.Database database) throws SQLException {
        var away = new ImportsAway(database);
        away.execute("ALTER TABLE ingest.import RENAME TO import_away");
        return away;
    }

    /** As if it lasted for longer than anybody's lease. */
    void allLeasesEnd() throws SQLException {
        execute("UPDATE ingest.import_away SET lease_until = clock_timestamp()");
    }

    @Override
    public void close() throws SQLException {
        execute("ALTER TABLE ingest.import_away RENAME TO import");
    }

    private void execute(String statement) throws SQLException {
        try (var connection = database.connect();
                var prepared = connection.prepareStatement(statement)) {
            prepared.execute();
        }
    }
}
