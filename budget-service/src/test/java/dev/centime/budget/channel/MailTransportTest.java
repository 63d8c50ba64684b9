package dev.centime.budget.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import dev.centime.budget.Configured;
import dev.centime.budget.Delivery;
import dev.centime.budget.LogLines;
import dev.centime.budget.MailAddresses;
import dev.centime.budget.MailFront;
import dev.centime.budget.MailFront.Encryption;
import dev.centime.budget.SelfSigned;
import dev.centime.contracts.AlertRaised;
import dev.centime.contracts.BudgetDefinition.Channel;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mail on its way to a real server: encrypted or not sent, to the right server or to none, with a login or without. */
class MailTransportTest {
    private static final String USER = "centime";
    private static final String PASSWORD = "c0rrect-h0rse-battery";

    @TempDir
    static Path folder;

    private static Vertx vertx;
    private static SelfSigned ours;
    private static SelfSigned others;

    private final GreenMail mail = MailFront.server();

    @BeforeAll
    static void certificates() {
        vertx = Vertx.vertx();
        ours = SelfSigned.of("localhost", folder);
        others = SelfSigned.of("mail.example.org", folder);
    }

    @AfterAll
    static void end() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @BeforeEach
    void start() {
        mail.start();
        mail.setUser("centime@example.com", USER, PASSWORD);
    }

    @AfterEach
    void stop() {
        mail.stop();
    }

    @ParameterizedTest
    @EnumSource(names = {"WHEN_ASKED", "FROM_THE_FIRST_BYTE"})
    void arrives_whereTheCertificateIsTrusted(Encryption encryption) {
        try (var front = front(encryption, ours)) {
            assertThat(send(
                            front,
                            encryption,
                            Map.of("trusted-certificates", ours.pem().toString())))
                    .isEqualTo(new Outcome.Delivered(null));
            assertThat(mail.getReceivedMessages()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"WHEN_ASKED", "FROM_THE_FIRST_BYTE"})
    void isNotSent_norIsThePassword_whereNobodyTrustedVouchesForTheServer(Encryption encryption) {
        try (var front = front(encryption, ours)) {
            assertThat(failed(send(front, encryption, login(PASSWORD))))
                    .startsWith("its certificate is refused: unable to find valid certification path");
            assertNothingWasSaid(front);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"WHEN_ASKED", "FROM_THE_FIRST_BYTE"})
    void isNotSent_norIsThePassword_whereTheCertificateIsAnothersHosts(Encryption encryption) {
        var settings = new HashMap<>(login(PASSWORD));
        settings.put("trusted-certificates", others.pem().toString());
        try (var front = front(encryption, others)) {
            assertThat(failed(send(front, encryption, settings)))
                    .startsWith("its certificate is refused:")
                    .contains("localhost");
            assertNothingWasSaid(front);
        }
    }

    @Test
    void isNotSent_norIsThePassword_whereTheServerDoesNotEncryptThoughItMust() {
        try (var front = front(Encryption.NEVER, ours)) {
            assertThat(failed(send(front, Encryption.WHEN_ASKED, login(PASSWORD))))
                    .contains("STARTTLS");
            assertNothingWasSaid(front);
        }
    }

    @Test
    void logsIn_andNoLineOfAnyLogSaysWithWhat() {
        try (var front = front(Encryption.NEVER, ours);
                var log = new LogLines("com.icegreen")) {
            assertThat(send(front, Encryption.NEVER, login(PASSWORD))).isEqualTo(new Outcome.Delivered(null));
            assertThat(mail.getReceivedMessages()).hasSize(1);
            assertThat(front.commands())
                    .filteredOn(line -> line.startsWith("AUTH"))
                    .hasSize(1);
            assertSilentAbout(log, PASSWORD);
        }
    }

    /** The operator mends that, and what waits then goes out. */
    @Test
    void aLoginThatIsRefusedIsTriedAgain_andNoLineOfAnyLogSaysWithWhat() {
        var wrong = "wr0ng-h0rse-battery";
        try (var front = front(Encryption.NEVER, ours);
                var log = new LogLines("com.icegreen")) {
            var outcome = send(front, Encryption.NEVER, login(wrong));
            assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                assertThat(failed.status()).isEqualTo(535);
                assertThat(failed.reason()).doesNotContain(wrong, base64(wrong));
            });
            assertThat(mail.getReceivedMessages()).isEmpty();
            assertSilentAbout(log, wrong);
        }
    }

    @Test
    void anAddressThatIsRefusedForGoodIsHopeless_oneForNowIsNot_andNeitherReasonNamesIt() {
        var address = KnownSubjects.address("s-1");
        try (var front = front(Encryption.NEVER, ours)) {
            front.refuses(address, "550 5.1.1 <" + address + ">: no such mailbox", 1);
            assertThat(send(front, Encryption.NEVER, Map.of()))
                    .isEqualTo(new Outcome.Hopeless("550 5.1.1 <…>: no such mailbox", 550));
            front.refuses(address, "452 4.2.2 <" + address + ">: mailbox full", 1);
            assertThat(send(front, Encryption.NEVER, Map.of())).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                assertThat(failed.status()).isEqualTo(452);
                assertThat(failed.reason()).isEqualTo("452 4.2.2 <…>: mailbox full");
            });
            assertThat(send(front, Encryption.NEVER, Map.of())).isEqualTo(new Outcome.Delivered(null));
        }
    }

    /** Whoever names a budget, or whatever else ends in a subject, writes no header and no second mail. */
    @Test
    void whatStandsInATitleStaysInTheSubject() throws Exception {
        var title =
                "Spend\r\nBcc: all@example.com\u0085X-A: 1\u2028\r\n.\r\nMAIL FROM:<x@example.com>" + "ü".repeat(5_000);
        try (var front = front(Encryption.NEVER, ours)) {
            assertThat(send(front, Encryption.NEVER, Map.of(), title)).isEqualTo(new Outcome.Delivered(null));
        }
        assertThat(mail.getReceivedMessages()).singleElement().satisfies(received -> {
            assertThat(received.getAllRecipients()).hasSize(1);
            assertThat(received.getHeader("Bcc")).isNull();
            assertThat(received.getHeader("X-A")).isNull();
            assertThat(received.getSubject())
                    .startsWith("Spend Bcc: all@example.com X-A: 1")
                    .hasSize(201);
        });
    }

    private MailFront front(Encryption encryption, SelfSigned certificate) {
        return MailFront.before(mail.getSmtp().getPort(), encryption, certificate.context());
    }

    private static Map<String, String> login(String password) {
        return Map.of("smtp.user", USER, "smtp.password", password);
    }

    private static Outcome send(MailFront front, Encryption wanted, Map<String, String> settings) {
        return send(front, wanted, settings, "Spend is unusual");
    }

    private static Outcome send(MailFront front, Encryption wanted, Map<String, String> more, String title) {
        var values = new HashMap<>(more);
        values.put("smtp.host", "localhost");
        values.put("smtp.port", String.valueOf(front.port()));
        values.put("smtp.starttls", wanted == Encryption.WHEN_ASKED ? "required" : "disabled");
        values.put("smtp.tls", String.valueOf(wanted == Encryption.FROM_THE_FIRST_BYTE));
        var settings = Configured.with(values);
        var channel = new MailChannel(
                vertx,
                new MailAddresses(new KnownSubjects()),
                new Links(settings),
                new ReportMail(new KnownSubjects(), new NoOrganizations(), new Links(settings), settings),
                new Trust(settings),
                settings);
        try {
            return channel.send(mail(title));
        } catch (Exception e) {
            return Outcome.Failed.because(e);
        } finally {
            channel.close();
        }
    }

    private static Delivery mail(String title) {
        var alert = new AlertRaised("a-1", "anomaly", "warning", title, "More", "anomaly/1", null, null, Instant.EPOCH);
        return new Delivery(3, "o-1", "m-1", Channel.EMAIL, "s-1", alert, 1);
    }

    private static String failed(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed) outcome).reason();
    }

    private void assertNothingWasSaid(MailFront front) {
        assertThat(front.commands()).noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
        assertThat(mail.getReceivedMessages()).isEmpty();
    }

    private static void assertSilentAbout(LogLines log, String password) {
        // The client's own lines are among them, so that this looks at something.
        assertThat(log.all()).anyMatch(line -> line.contains("AUTH"));
        assertThat(log.all())
                .noneMatch(line -> line.contains(password)
                        || line.contains(base64(password))
                        || line.contains(base64("\0" + USER + "\0" + password)));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
