package dev.centime.benchmarks.costs;

import dev.centime.benchmarks.Rate;
import dev.centime.benchmarks.RunningService;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.postgresql.PGConnection;

/**
 * Calls taken out whole, from ingest-service, in each format: rows a second against {@code COPY} of their detail rows to the client, and
 * the memory of the service before and after.
 *
 * <p>{@code [--calls N]} (1,000,000 unless said): those of {@code overview}, which with the server's data kept are there already.
 */
public final class ExportOfCalls {
    private static final int PASSES = 2;
    private static final long LOOK_BYTES = 8 << 20;

    /** As the launcher starts it, as far as memory goes. */
    private static final String[] JVM = {
        "-Xmx192m",
        "-Xms56m",
        "-XX:NewSize=40m",
        "-XX:SurvivorRatio=3",
        "-XX:+UseSerialGC",
        "-XX:+UseCompactObjectHeaders",
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:TrimNativeHeapInterval=10000"
    };

    private final RunningService service;
    private final int calls;

    private ExportOfCalls(RunningService service, int calls) {
        this.service = service;
        this.calls = calls;
    }

    public static void main(String[] args) throws Exception {
        int at = Arrays.asList(args).indexOf("--calls");
        int calls = at < 0 ? 1_000_000 : Integer.parseInt(args[at + 1]);
        try (var service = new RunningService("ingest", JVM)) {
            new FilledOrganizations(service).fold(calls);
            service.server().execute("VACUUM ANALYZE ingest.usage_detail");
            new ExportOfCalls(service, calls).measure();
        }
    }

    private void measure() throws IOException, InterruptedException, SQLException {
        var yardstick = copy();
        System.out.println(yardstick.line(yardstick));
        System.out.printf(Locale.ROOT, "ingest-service before: %d MB resident%n", service.residentMb());
        for (var format : List.of("csv", "ndjson", "json", "parquet")) {
            var perSecond = new double[PASSES];
            long bytes = 0;
            long most = 0;
            for (int pass = 0; pass < PASSES; pass++) {
                var started = System.nanoTime();
                var taken = export(format);
                perSecond[pass] = calls * 1e9 / (System.nanoTime() - started);
                bytes = taken.bytes();
                most = Math.max(most, taken.residentMb());
            }
            System.out.println(new Rate("export as " + format, perSecond).line(yardstick));
            System.out.printf(
                    Locale.ROOT,
                    "    %d MB, ingest-service: %d MB resident at most, %d MB after%n",
                    bytes >> 20,
                    most,
                    service.residentMb());
        }
    }

    private Rate copy() throws SQLException, IOException {
        var perSecond = new double[PASSES];
        try (var connection = service.server().connect()) {
            var copy = connection.unwrap(PGConnection.class).getCopyAPI();
            for (int pass = 0; pass < PASSES; pass++) {
                var started = System.nanoTime();
                copy.copyOut(
                        "COPY (SELECT * FROM ingest.usage_detail WHERE organization = '"
                                + FilledOrganizations.name(calls)
                                + "' ORDER BY partition, organization, at DESC, log_offset DESC) TO STDOUT (FORMAT csv)",
                        OutputStream.nullOutputStream());
                perSecond[pass] = calls * 1e9 / (System.nanoTime() - started);
            }
        }
        return new Rate("COPY of the detail rows, sorted", perSecond);
    }

    private Taken export(String format) throws IOException, InterruptedException {
        var path = "/api/v1/costs/export?days=" + (CallsOfTwoYears.DAYS + 2) + "&format=" + format;
        var answer = service.send(
                service.request(path, FilledOrganizations.name(calls)).build(), BodyHandlers.ofInputStream());
        try (var body = answer.body()) {
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(
                        answer.statusCode() + ": " + new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
            var taken = taken(body);
            if (!format.equals("parquet") && taken.lines() < calls) {
                throw new IllegalStateException(taken.lines() + " lines are not " + calls + " calls");
            }
            return taken;
        }
    }

    /** Reads to the end; looks now and then what the service holds meanwhile. */
    private Taken taken(InputStream body) throws IOException {
        var buffer = new byte[1 << 16];
        long bytes = 0;
        long lines = 0;
        long most = 0;
        long look = 0;
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            bytes += read;
            for (int i = 0; i < read; i++) {
                lines += buffer[i] == '\n' ? 1 : 0;
            }
            if (bytes >= look) {
                most = Math.max(most, service.residentMb());
                look = bytes + LOOK_BYTES;
            }
        }
        return new Taken(bytes, lines, most);
    }

    private record Taken(long bytes, long lines, long residentMb) {}
}
