package dev.centime.budget.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.centime.budget.Configured;
import dev.centime.budget.SelfSigned;
import dev.centime.budget.Sink;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** To whom a message goes, and to whom it does not. */
class OutgoingTest {
    private static final Map<String, String> HERE = Map.of("allowed-networks", "127.0.0.0/8,::1/128");

    @TempDir
    static Path folder;

    private static Vertx vertx;
    private static SelfSigned ours;

    @BeforeAll
    static void certificate() {
        vertx = Vertx.vertx();
        ours = SelfSigned.of("localhost", folder);
    }

    @AfterAll
    static void end() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @Test
    void whoseCertificateIsTrustedIsWrittenTo() {
        try (var sink = Sink.start(ours.context())) {
            assertThat(outcome(trusting(ours), sink.url("/in"))).isEqualTo(new Outcome.Delivered(204));
            assertThat(sink.at("/in")).hasSize(1);
        }
    }

    @Test
    void whoseCertificateNobodyVouchesForIsNot() {
        try (var sink = Sink.start(ours.context())) {
            assertThat(outcome(HERE, sink.url("/in")))
                    .isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.reason())
                            .startsWith("its certificate is refused: unable to find valid certification path"));
            assertThat(sink.at("/in")).isEmpty();
        }
    }

    @Test
    void whoShowsAnotherHostsCertificateIsNot() {
        var others = SelfSigned.of("pager.example.org", folder);
        try (var sink = Sink.start(others.context())) {
            assertThat(outcome(trusting(others), sink.url("/in")))
                    .isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.reason())
                            .startsWith("its certificate is refused:")
                            .contains("localhost"));
            assertThat(sink.at("/in")).isEmpty();
        }
    }

    /** No name server knows this name: only the address that was looked at can have been connected to. */
    @Test
    void aNameIsAskedForOnce_andLeadsNowhereElseAMomentLater() throws Exception {
        var asked = new AtomicInteger();
        var settings = Configured.with(HERE);
        var names = new NameLookups(
                host -> {
                    if (asked.incrementAndGet() > 1) {
                        throw new UnknownHostException("asked again");
                    }
                    return new InetAddress[] {InetAddress.getLoopbackAddress()};
                },
                4,
                Duration.ofSeconds(30));
        var outgoing = new Outgoing(vertx, new ReachableAddresses(settings, names), new Trust(settings), settings);
        try (names;
                var sink = Sink.start()) {
            var url = sink.url("http", "rebinding.invalid", "/in");
            assertThat(outgoing.post(url, Map.of(), new byte[0])
                            .await()
                            .indefinitely()
                            .status())
                    .isEqualTo(204);
            assertThat(sink.at("/in")).singleElement().satisfies(received -> assertThat(received.header("Host"))
                    .startsWith("rebinding.invalid:"));
            assertThat(asked).hasValue(1);
        } finally {
            outgoing.close();
        }
    }

    @Test
    void oneInternalAddressAmongSeveralIsEnoughToBeRefused() {
        var settings = Configured.with(Map.of());
        var names = new NameLookups(
                host -> new InetAddress[] {InetAddress.getByName("1.1.1.1"), InetAddress.getByName("169.254.169.254")},
                4,
                Duration.ofSeconds(30));
        try (names) {
            var reachable = new ReachableAddresses(settings, names);
            assertThatThrownBy(() -> reachable.of("both.example.com"))
                    .isInstanceOf(ReachableAddresses.Unreachable.class)
                    .hasMessageContaining("internal");
        }
    }

    @Test
    void anAnswerThatRepeatsTheAddressDoesNotTellIt() {
        var answer = new Outgoing.Answer(
                404, null, "Cannot POST /services/T0/verysecretpath?token=t0psecretvalue\r\nor verysecretpath");
        var outcome = Answers.outcome(answer, "https://h.example.com/services/T0/verysecretpath?token=t0psecretvalue");
        assertThat(((Outcome.Failed) outcome).reason()).isEqualTo("answered 404: Cannot POST …?… or …");
    }

    private static Map<String, String> trusting(SelfSigned certificate) {
        var values = new HashMap<>(HERE);
        values.put("trusted-certificates", certificate.pem().toString());
        return values;
    }

    private static Outcome outcome(Map<String, String> values, String url) {
        var settings = Configured.with(values);
        var reachable = new ReachableAddresses(settings);
        var outgoing = new Outgoing(vertx, reachable, new Trust(settings), settings);
        try {
            var body = "{}".getBytes(StandardCharsets.UTF_8);
            return Answers.outcome(outgoing.post(url, Map.of(), body).await().indefinitely(), url);
        } catch (UnknownHostException | CompletionException e) {
            return Outcome.Failed.because(e);
        } finally {
            outgoing.close();
            reachable.close();
        }
    }
}
