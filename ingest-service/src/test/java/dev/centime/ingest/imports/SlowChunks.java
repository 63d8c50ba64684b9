package dev.centime.ingest.imports;

import dev.centime.database.TestPostgres;
import java.sql.SQLException;

/** A database that takes its time with the chunks of imports, until that ends. No lock is waited for, so nothing gives up early. */
final class SlowChunks implements AutoCloseable {
    private final TestPostgres.Database database;

    private SlowChunks(TestPostgres.Database database) {
        this.database = database;
    }

    static SlowChunks in(TestPostgres.Database database) throws SQLException {
        var slow = new SlowChunks(database);
        slow.execute("""
                CREATE TABLE public.slow AS SELECT 1 AS one;
                CREATE FUNCTION public.be_slow() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
                BEGIN
                    WHILE EXISTS (SELECT FROM public.slow) LOOP
                        PERFORM pg_sleep(0.02);
                    END LOOP;
                    RETURN NEW;
                END $$;
                CREATE TRIGGER slow BEFORE INSERT ON ingest.import_chunk FOR EACH ROW EXECUTE FUNCTION public.be_slow();
                """);
        return slow;
    }

    void end() throws SQLException {
        execute("DELETE FROM public.slow");
    }

    @Override
    public void close() throws SQLException {
        end();
        execute("""
                DROP TRIGGER slow ON ingest.import_chunk;
                DROP FUNCTION public.be_slow;
                DROP TABLE public.slow;
                """);
    }

    private void execute(String statements) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }
}
