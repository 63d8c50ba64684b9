package dev.centime.eventstore.projection;

import dev.centime.database.TestPostgres;
import dev.centime.eventstore.log.Event;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A runner in a process of its own, which can be stopped, continued and killed. Ends with the process that started it. */
final class RunnerProcess implements AutoCloseable {
    /** While somebody holds this advisory lock, the process stands in the middle of its page. */
    static final int MIDDLE_OF_A_PAGE = 7;

    private final Process process;

    private RunnerProcess(Process process) {
        this.process = process;
    }

    static RunnerProcess start(Market market) throws IOException {
        var database = market.database();
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                RunnerProcess.class.getName(),
                database.host(),
                String.valueOf(database.port()),
                database.name());
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        return new RunnerProcess(builder.start());
    }

    public static void main(String[] args) throws IOException {
        var database = new TestPostgres.Database(args[0], Integer.parseInt(args[1]), args[2], "", "");
        try (var market = new Market(database)) {
            market.start(market.runner()
                    .project(new WitnessedSales("process", true))
                    .settings(Market.FLEETING.withMaxPageEvents(50)));
            while (System.in.read() >= 0) {
                // Nothing is ever written to it; it ends with the process that started this one.
            }
        }
    }

    void signal(String signal) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start();
        if (kill.waitFor() != 0) {
            throw new IllegalStateException("kill -" + signal + " failed");
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    /** Sales, with a row that says who wrote which page. */
    static final class WitnessedSales extends SalesByItem {
        private final String writer;
        private final boolean pausing;

        WitnessedSales(String writer, boolean pausing) {
            this.writer = writer;
            this.pausing = pausing;
        }

        @Override
        public Uni<Void> apply(View view, List<Event> page) {
            return super.apply(view, page)
                    .chain(() -> view.connection()
                            .preparedQuery("INSERT INTO market.page (partition, first_offset, last_offset, writer)"
                                    + " VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING")
                            .execute(Tuple.of(
                                    view.partition(),
                                    page.getFirst().stored().offset(),
                                    page.getLast().stored().offset(),
                                    writer)))
                    .chain(() -> pausing
                            ? view.connection()
                                    .query("SELECT pg_advisory_xact_lock_shared(" + MIDDLE_OF_A_PAGE + ")")
                                    .execute()
                                    .replaceWithVoid()
                            : Uni.createFrom().voidItem());
        }
    }
}
