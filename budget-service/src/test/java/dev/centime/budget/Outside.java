package dev.centime.budget;

import com.icegreen.greenmail.util.GreenMail;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** What messages are sent to in tests: a real mail server, a real HTTP server, and a key that seals secrets. A field of this type gets it. */
public final class Outside implements QuarkusTestResourceLifecycleManager {
    private final GreenMail mail = MailFront.server();
    private final Sink sink = Sink.start();
    private final Path folder = folder();
    private final SelfSigned trusted = SelfSigned.of("localhost", folder);
    private final Sink trustedSink = Sink.start(trusted.context());
    private final Sink strangersSink =
            Sink.start(SelfSigned.of("localhost", folder).context());
    private final Path keys = keyFile();
    private MailFront front;

    @Override
    public Map<String, String> start() {
        mail.start();
        front = MailFront.before(mail.getSmtp().getPort(), MailFront.Encryption.NEVER, null);
        return Map.ofEntries(
                Map.entry("centime.secrets.keys", keys.toString()),
                Map.entry("centime.alerts.allowed-networks", "127.0.0.0/8,::1/128"),
                Map.entry("centime.alerts.trusted-certificates", trusted.pem().toString()),
                Map.entry("centime.alerts.public-url", "https://centime.example.com"),
                Map.entry("centime.alerts.smtp.host", "127.0.0.1"),
                Map.entry("centime.alerts.smtp.port", String.valueOf(front.port())),
                Map.entry("centime.alerts.smtp.starttls", "disabled"),
                // Longer than a busy machine stands still: who is too late is written to again.
                Map.entry("centime.alerts.patience", "10s"),
                Map.entry("centime.alerts.attempts", "4"),
                Map.entry("centime.alerts.first-pause", "50ms"),
                Map.entry("centime.alerts.longest-pause", "500ms"));
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(Outside.class));
    }

    Sink sink() {
        return sink;
    }

    /** One that encrypts, whose certificate is trusted. */
    Sink trustedSink() {
        return trustedSink;
    }

    /** One that encrypts, whose certificate nobody vouches for. */
    Sink strangersSink() {
        return strangersSink;
    }

    MailFront mailFront() {
        return front;
    }

    /** What arrived for an address so far. */
    List<MimeMessage> mailTo(String address) {
        return Arrays.stream(mail.getReceivedMessages())
                .filter(message -> isTo(message, address))
                .toList();
    }

    private static boolean isTo(MimeMessage message, String address) {
        try {
            return Arrays.stream(message.getAllRecipients())
                    .anyMatch(each -> each.toString().equals(address));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A file with one key, drawn for this run. */
    static Path keyFile() {
        var key = new byte[32];
        new SecureRandom().nextBytes(key);
        try {
            var file = Files.createTempFile("channel-keys", "");
            file.toFile().deleteOnExit();
            return Files.writeString(file, "test:" + Base64.getEncoder().encodeToString(key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("outside");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        front.close();
        mail.stop();
        sink.close();
        trustedSink.close();
        strangersSink.close();
    }
}
