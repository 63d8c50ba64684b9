package dev.centime.benchmarks.usage;

import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Row 3: one record a request through the gateway from 64 connections, durable, against a bare Vert.x endpoint that does one durable
 * {@code INSERT} a request on the same server. The two take turns.
 *
 * <p>{@code [--seconds N]}: how long each turn lasts (20 unless said).
 */
public final class SingleRecords {
    private static final int CONNECTIONS = 64;
    private static final int TURNS = 3;

    private SingleRecords() {}

    public static void main(String[] args) throws Exception {
        int at = Arrays.asList(args).indexOf("--seconds");
        var turn = Duration.ofSeconds(at < 0 ? 20 : Integer.parseInt(args[at + 1]));
        var vertx = Vertx.vertx();
        try (var centime = RunningCentime.up();
                var lag = new LagWatch(centime.database())) {
            prepare(centime);
            int barePort = freePort();
            var bareProcess = startBare(centime, barePort);
            try {
                var through = new ClosedLoad(vertx, centime.port(), CONNECTIONS);
                var bare = new ClosedLoad(vertx, barePort, CONNECTIONS);
                through.run(turn);
                bare.run(turn.dividedBy(2));
                lag.awaitNone();
                compare(centime, lag, through, bare, turn);
            } finally {
                bareProcess.destroy();
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static void compare(
            RunningCentime centime, LagWatch lag, ClosedLoad through, ClosedLoad bare, Duration turn)
            throws IOException, InterruptedException {
        var throughput = new ArrayList<Double>();
        var tail = new ArrayList<Double>();
        for (int i = 0; i < TURNS; i++) {
            lag.p99Seconds();
            var before = CpuTime.of(centime.processes());
            var ours = through.run(turn);
            var after = CpuTime.of(centime.processes());
            double late = lag.p99Seconds();
            lag.awaitNone();
            var theirs = bare.run(turn);
            System.out.println(line("gateway", ours) + String.format(Locale.ROOT, "   lag p99 %.2f s", late));
            System.out.println(line("bare", theirs));
            System.out.println("processor time a record, µs: "
                    + after.since(before, ours.latencies().count()));
            throughput.add(ours.perSecond() / theirs.perSecond());
            tail.add(ours.latencies().quantile(0.99) / theirs.latencies().quantile(0.99));
        }
        throughput.sort(null);
        tail.sort(null);
        System.out.printf(
                Locale.ROOT,
                "throughput %.2f of the bare endpoint's, p99 %.1f times (medians of %d turns)%n",
                throughput.get(TURNS / 2),
                tail.get(TURNS / 2),
                TURNS);
    }

    private static String line(String name, ClosedLoad.Outcome outcome) {
        return String.format(
                Locale.ROOT,
                "%-8s %7.0f/s   p50 %.1f ms, p99 %.1f ms   refused %d",
                name,
                outcome.perSecond(),
                outcome.latencies().quantile(0.5),
                outcome.latencies().quantile(0.99),
                outcome.refused());
    }

    private static void prepare(RunningCentime centime) throws IOException, SQLException {
        try (var connection = centime.database();
                var statement = connection.createStatement()) {
            statement.execute(BareEndpoint.TABLE);
        }
    }

    private static Process startBare(RunningCentime centime, int port) throws IOException {
        var process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BareEndpoint.class.getName(),
                        String.valueOf(port),
                        "postgresql://127.0.0.1:" + centime.databasePort() + "/centime",
                        centime.databasePassword()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        if (!"ready".equals(said.readLine())) {
            throw new IllegalStateException("the bare endpoint did not start");
        }
        return process;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
