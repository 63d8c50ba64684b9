package dev.centime.budget.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.budget.AlertDelivery;
import dev.centime.budget.AlertSettings;
import dev.centime.budget.AlertSettings.Signing;
import dev.centime.budget.AlertSettings.Webhook;
import dev.centime.budget.CurrentAlertSettings;
import dev.centime.budget.Delivery;
import dev.centime.budget.Names;
import dev.centime.contracts.BudgetDefinition.Channel;
import dev.centime.contracts.Contracts;
import dev.centime.kit.secret.OpenedSecrets;
import dev.centime.kit.secret.OpenedSecrets.Opened;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Programs that are told of alerts, by messages signed as the Standard Webhooks specification says. */
@ApplicationScoped
public class WebhookChannel implements MessageChannel {
    private static final ObjectMapper MAPPER = Contracts.mapper();

    private final CurrentAlertSettings settings;
    private final OpenedSecrets secrets;
    private final Names names;
    private final Outgoing outgoing;
    private final Links links;
    private final Clock clock;
    private final Duration patience;

    public WebhookChannel(
            CurrentAlertSettings settings,
            OpenedSecrets secrets,
            Names names,
            Outgoing outgoing,
            Links links,
            Clock clock,
            AlertDelivery delivery) {
        this.settings = settings;
        this.secrets = secrets;
        this.names = names;
        this.outgoing = outgoing;
        this.links = links;
        this.clock = clock;
        this.patience = delivery.patience();
    }

    @Override
    public Channel name() {
        return Channel.WEBHOOK;
    }

    @Override
    public Outcome send(Delivery delivery) throws UnknownHostException, JsonProcessingException {
        var standing =
                settings.of(delivery.organization()).await().atMost(patience).settings();
        var opened = secrets.of(delivery.partition(), delivery.organization(), sealedFor(standing))
                .await()
                .atMost(patience);
        var webhook = find(delivery, standing, opened);
        if (webhook.isEmpty()) {
            // One whose address cannot be read just now may be the one that is meant.
            return opened.faults().isEmpty()
                    ? new Outcome.Hopeless("the alert settings have no webhook of this id or address", null)
                    : Outcome.Failed.because(opened.whyNot(opened.faults().keySet()));
        }
        var url = opened.text(webhook.get().addressId());
        var signing = signing(webhook.get(), opened);
        if (url == null || signing.isEmpty()) {
            return Outcome.Failed.because(opened.whyNot(secretsOf(webhook.get())));
        }
        return Answers.outcome(post(delivery, url, signing), url);
    }

    /** Also those of the other webhooks, since one that a budget names is found by its address. */
    private static Set<String> sealedFor(AlertSettings standing) {
        var ids = new HashSet<String>();
        standing.webhooks().forEach(webhook -> ids.addAll(secretsOf(webhook)));
        return ids;
    }

    private static List<String> secretsOf(Webhook webhook) {
        var ids = new ArrayList<>(List.of(webhook.addressId()));
        webhook.signing().forEach(signing -> ids.add(signing.secretId()));
        return ids;
    }

    private Optional<Webhook> find(Delivery delivery, AlertSettings standing, Opened opened) {
        return standing.webhook(delivery.destination()).or(() -> {
            var address = names.webhook(delivery.organization(), delivery.destination())
                    .await()
                    .atMost(patience);
            return standing.webhooks().stream()
                    .filter(each -> address != null && address.equals(opened.text(each.addressId())))
                    .findFirst();
        });
    }

    private List<String> signing(Webhook webhook, Opened opened) {
        var now = clock.instant();
        return webhook.signing().stream()
                .filter(each -> each.signsAt(now))
                .map(Signing::secretId)
                .map(opened::text)
                .filter(Objects::nonNull)
                .toList();
    }

    private Outgoing.Answer post(Delivery delivery, String url, List<String> signing)
            throws UnknownHostException, JsonProcessingException {
        var body = body(delivery);
        var now = clock.instant();
        var headers = Map.of(
                "Content-Type",
                "application/json",
                "User-Agent",
                "Centime",
                StandardWebhook.ID,
                delivery.id(),
                StandardWebhook.TIMESTAMP,
                Long.toString(now.getEpochSecond()),
                StandardWebhook.SIGNATURE,
                StandardWebhook.signature(signing, delivery.id(), now, body));
        return outgoing.post(url, headers, body).await().indefinitely();
    }

    private byte[] body(Delivery delivery) throws JsonProcessingException {
        var alert = delivery.alert();
        var data = new LinkedHashMap<String, Object>();
        data.put("organization_id", delivery.organization());
        data.put("alert", alert);
        data.put("text", Message.of(alert, links).text());
        data.put("links", links.of(alert));
        var message = new LinkedHashMap<String, Object>();
        message.put("type", "alert.raised");
        message.put("timestamp", alert.raisedAt());
        message.put("data", data);
        return MAPPER.writeValueAsBytes(message);
    }
}
