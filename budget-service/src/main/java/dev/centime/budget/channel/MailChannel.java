package dev.centime.budget.channel;

import dev.centime.budget.AlertDelivery;
import dev.centime.budget.Delivery;
import dev.centime.budget.MailAddresses;
import dev.centime.budget.report.WeeklyReport;
import dev.centime.contracts.BudgetDefinition.Channel;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.MailResult;
import io.vertx.ext.mail.SMTPException;
import io.vertx.ext.mail.StartTLSOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Mail by the operator's server. A message keeps its Message-ID however often it is sent. */
@ApplicationScoped
public class MailChannel implements MessageChannel {
    /** Replies about who sends, not about the mail: RFC 4954, section 6. */
    private static final Set<Integer> OF_LOGIN = Set.of(530, 534, 535, 538);

    /** Others would be tried with the password as well, in vain, and servers shut out who fails to log in too often. */
    private static final String BY_PASSWORD = "DIGEST-MD5 CRAM-SHA256 CRAM-SHA1 CRAM-MD5 PLAIN LOGIN";

    private final MailAddresses addresses;
    private final Links links;
    private final ReportMail reports;
    private final Duration patience;
    private final String from;
    private final Context eventLoop;
    private final @Nullable MailClient client;

    public MailChannel(
            Vertx vertx,
            MailAddresses addresses,
            Links links,
            ReportMail reports,
            Trust trust,
            AlertDelivery settings) {
        this.addresses = addresses;
        this.links = links;
        this.reports = reports;
        this.patience = settings.patience();
        this.from = settings.smtp().from();
        this.eventLoop = vertx.getOrCreateContext();
        this.client = settings.smtp()
                .host()
                .filter(host -> !host.isBlank())
                .map(host -> MailClient.create(vertx, config(host, trust, settings)))
                .orElse(null);
    }

    private static MailConfig config(String host, Trust trust, AlertDelivery settings) {
        var smtp = settings.smtp();
        var config = new MailConfig(host, smtp.port());
        config.setStarttls(StartTLSOptions.valueOf(smtp.starttls().toUpperCase(Locale.ROOT)));
        config.setSsl(smtp.tls());
        trust.options().ifPresent(config::setTrustOptions);
        // One for each message under way: who waits for a connection has used up his patience before he is heard.
        config.setMaxPoolSize(settings.parallel());
        config.setConnectTimeout((int) settings.patience().toMillis() / 3);
        config.setIdleTimeout((int) settings.patience().toSeconds());
        config.setIdleTimeoutUnit(TimeUnit.SECONDS);
        config.setAuthMethods(BY_PASSWORD);
        smtp.user().filter(user -> !user.isBlank()).ifPresent(config::setUsername);
        smtp.password().filter(password -> !password.isBlank()).ifPresent(config::setPassword);
        return config;
    }

    @Override
    public Channel name() {
        return Channel.EMAIL;
    }

    @Override
    public Outcome send(Delivery delivery) throws Exception {
        if (client == null) {
            return new Outcome.Hopeless("no mail server is set (CENTIME_SMTP_HOST)", null);
        }
        var address = addresses
                .byId(delivery.organization(), List.of(delivery.destination()))
                .await()
                .atMost(patience)
                .get(delivery.destination());
        if (address == null) {
            return new Outcome.Hopeless("the address was erased", null);
        }
        try {
            sent(client, mail(delivery, address))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            return new Outcome.Delivered(null);
        } catch (CompletionException e) {
            return e.getCause() instanceof SMTPException refused
                    ? refused(refused, address)
                    : Outcome.Failed.because(e);
        }
    }

    /** Else a connection reads on one event loop while another begins with it, and a greeting in between is heard by nobody. */
    private Future<MailResult> sent(MailClient client, MailMessage mail) {
        var sent = Promise.<MailResult>promise();
        eventLoop.runOnContext(there -> client.sendMail(mail).onComplete(sent));
        return sent.future();
    }

    /** What is refused for good is this mail; a login that is refused is the operator's to mend, and mail can wait for it. */
    private static Outcome refused(SMTPException refused, String address) {
        var code = refused.getReplyCode();
        var reason = Reason.answered(refused.getReplyMessage(), List.of(address));
        return refused.isPermanent() && !OF_LOGIN.contains(code)
                ? new Outcome.Hopeless(reason, code)
                : new Outcome.Failed(reason, code, Duration.ZERO);
    }

    private MailMessage mail(Delivery delivery, String address) {
        if (WeeklyReport.isOne(delivery.alert())) {
            var report = reports.of(delivery);
            return mail(delivery, address, report.subject(), report.text()).setHtml(report.html());
        }
        var message = Message.of(delivery.alert(), links);
        var mail = mail(delivery, address, message.subject(), message.text());
        return message.urgent() ? mail.addHeader("Importance", "high").addHeader("X-Priority", "1") : mail;
    }

    private MailMessage mail(Delivery delivery, String address, String subject, String text) {
        return new MailMessage()
                .setFrom(from)
                .setTo(address)
                .setSubject(subject)
                .setText(text)
                .addHeader("Message-ID", "<" + delivery.id() + "@centime>")
                // Answers out of office would go to whoever the sender is.
                .addHeader("Auto-Submitted", "auto-generated")
                .addHeader("Centime-Alert", OneLine.of(delivery.alert().alertId()));
    }

    @PreDestroy
    public void close() {
        if (client != null) {
            client.close();
        }
    }
}
