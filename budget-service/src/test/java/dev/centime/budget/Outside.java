package dev.centime.budget;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
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
    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final Sink sink = Sink.start();
    private final Path keys = keyFile();

    @Override
    public Map<String, String> start() {
        mail.start();
        return Map.of(
                "centime.alerts.keys", keys.toString(),
                "centime.alerts.allowed-networks", "127.0.0.0/8",
                "centime.alerts.public-url", "https://centime.example.com",
                "centime.alerts.smtp.host", "127.0.0.1",
                "centime.alerts.smtp.port", String.valueOf(mail.getSmtp().getPort()),
                "centime.alerts.smtp.starttls", "disabled",
                "centime.alerts.patience", "3s",
                "centime.alerts.attempts", "4",
                "centime.alerts.first-pause", "50ms",
                "centime.alerts.longest-pause", "500ms");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(Outside.class));
    }

    Sink sink() {
        return sink;
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

    @Override
    public void stop() {
        mail.stop();
        sink.close();
    }
}
