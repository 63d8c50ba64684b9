package dev.centime.budget.channel;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.centime.budget.AlertDelivery;
import dev.centime.budget.CurrentAlertSettings;
import dev.centime.budget.Delivery;
import dev.centime.contracts.BudgetDefinition.Channel;
import dev.centime.kit.secret.OpenedSecrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Incoming webhooks of Slack, and of whatever takes the same messages. */
@ApplicationScoped
public class SlackChannel implements MessageChannel {
    private final CurrentAlertSettings settings;
    private final OpenedSecrets secrets;
    private final Outgoing outgoing;
    private final Links links;
    private final Duration patience;

    public SlackChannel(
            CurrentAlertSettings settings,
            OpenedSecrets secrets,
            Outgoing outgoing,
            Links links,
            AlertDelivery delivery) {
        this.settings = settings;
        this.secrets = secrets;
        this.outgoing = outgoing;
        this.links = links;
        this.patience = delivery.patience();
    }

    @Override
    public Channel name() {
        return Channel.SLACK;
    }

    @Override
    public Outcome send(Delivery delivery) throws UnknownHostException {
        var slack = settings.of(delivery.organization())
                .await()
                .atMost(patience)
                .settings()
                .slack(delivery.destination());
        if (slack.isEmpty()) {
            return new Outcome.Hopeless("the alert settings have no Slack channel " + delivery.destination(), null);
        }
        var addressId = slack.get().addressId();
        var opened = secrets.of(delivery.partition(), delivery.organization(), List.of(addressId))
                .await()
                .atMost(patience);
        var url = opened.text(addressId);
        if (url == null) {
            return Outcome.Failed.because(opened.whyNot(List.of(addressId)));
        }
        var answer = outgoing.post(url, Map.of("Content-Type", "application/json"), body(delivery))
                .await()
                .indefinitely();
        return Answers.outcome(answer, url);
    }

    private byte[] body(Delivery delivery) {
        var message = Message.of(delivery.alert(), links);
        return JsonNodeFactory.instance
                .objectNode()
                .put("text", "*" + escaped(message.subject()) + "*\n" + escaped(message.text()))
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The three characters that Slack takes for its own, among them those that call everybody in a channel. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
