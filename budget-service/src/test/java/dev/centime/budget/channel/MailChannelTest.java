package dev.centime.budget.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.budget.Configured;
import dev.centime.budget.Delivery;
import dev.centime.budget.MailAddresses;
import dev.centime.contracts.AlertRaised;
import dev.centime.contracts.BudgetDefinition.Channel;
import dev.centime.kit.testing.MutinyIsSetUp;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Mail to a server that greets nobody before all have come. */
@ExtendWith(MutinyIsSetUp.class)
class MailChannelTest {
    private static final int AT_ONCE = 12;

    private final CountDownLatch come = new CountDownLatch(AT_ONCE);

    @Test
    void mailsThatGoOutAtOnce_doNotWaitForTheConnectionsOfOthers() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            threads.submit(() -> serve(server, threads));
            var vertx = Vertx.vertx();
            var settings = Configured.with(
                    Map.of("smtp.host", "127.0.0.1", "smtp.port", String.valueOf(server.getLocalPort())));
            var channel = new MailChannel(
                    vertx,
                    new MailAddresses(new KnownSubjects()),
                    new Links(settings),
                    new ReportMail(new KnownSubjects(), new NoOrganizations(), new Links(settings), settings),
                    new Trust(settings),
                    settings);
            try {
                var sent = threads.invokeAll(IntStream.range(0, AT_ONCE)
                        .<Callable<Outcome>>mapToObj(each -> () -> channel.send(mail(each)))
                        .toList());
                assertThat(sent).extracting(Future::get).containsOnly(new Outcome.Delivered(null));
            } finally {
                channel.close();
                vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
            }
        }
    }

    private Void serve(ServerSocket server, ExecutorService threads) throws IOException {
        try {
            while (true) {
                var socket = server.accept();
                threads.submit(() -> converse(socket));
            }
        } catch (SocketException closed) {
            return null;
        }
    }

    private Void converse(Socket socket) throws IOException, InterruptedException {
        try (socket) {
            come.countDown();
            come.await(1, TimeUnit.MINUTES);
            say(socket, "220 here");
            var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            var inMail = false;
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (inMail) {
                    inMail = !line.equals(".");
                    if (!inMail) {
                        say(socket, "250 taken");
                    }
                } else {
                    inMail = line.equals("DATA");
                    say(socket, inMail ? "354 go on" : line.equals("QUIT") ? "221 bye" : "250 well");
                }
            }
            return null;
        }
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static Delivery mail(int number) {
        var alert = new AlertRaised(
                "a-" + number, "anomaly", "warning", "Spend", "More", "anomaly/1", null, null, Instant.EPOCH);
        return new Delivery(3, "o-" + number, "m-" + number, Channel.EMAIL, "s-" + number, alert, 1);
    }
}
