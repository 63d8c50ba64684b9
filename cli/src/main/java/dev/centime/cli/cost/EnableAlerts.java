package dev.centime.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.cli.Failure;
import dev.centime.cli.ask.GatewayOption;
import dev.centime.cli.terminal.Clean;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "enable",
        header = "Lets messages about alerts go out, and says where to.",
        description =
                "What is named is added to where alerts go already. A threshold of a budget goes to the channels it names itself; these are for those that name none, and the addresses for budgets without contacts.",
        footer = {
            "",
            "Examples:",
            "  centime cost alerts enable",
            "  centime cost alerts enable --email finance@example.com --weekly-report",
            "  centime cost alerts enable --slack '#costs=https://hooks.slack.com/services/…'",
            "  centime cost alerts enable --webhook https://pager.example.com/hooks/centime",
            "",
            "A webhook's signing secret is printed once. How to verify a message by it: docs/alerts.md"
        })
final class EnableAlerts implements Callable<Integer> {
    @Mixin
    private GatewayOption at;

    @Option(names = "--email", paramLabel = "ADDRESS", description = "Write mail to it; may be repeated.")
    private @Nullable List<String> emails;

    @Option(
            names = "--slack",
            paramLabel = "CHANNEL=URL",
            description = "Write to a channel by its incoming webhook; may be repeated.")
    private @Nullable List<String> slacks;

    @Option(names = "--webhook", paramLabel = "URL", description = "POST signed messages to it; may be repeated.")
    private @Nullable List<String> webhooks;

    @Option(
            names = "--weekly-report",
            negatable = true,
            description = "Whether the addresses of mail are told each week what it cost.")
    private @Nullable Boolean weeklyReport;

    @Override
    public Integer call() {
        var settings = new AlertSettings(at.gateway());
        var patch = JsonNodeFactory.instance.objectNode().put("enabled", true);
        var channels = new LinkedHashSet<String>();
        settings.now().path("channels").forEach(each -> channels.add(each.asText()));
        addEmails(patch, settings.now(), channels);
        addSlacks(patch, settings.now(), channels);
        addWebhooks(patch, settings.now(), channels);
        channels.forEach(patch.withArray("channels")::add);
        if (weeklyReport != null) {
            patch.put("weekly_report", weeklyReport);
        }
        var now = settings.change(patch);
        System.out.println("Alerts are on, by "
                + (channels.isEmpty() ? "the channels that budgets name" : Clean.line(String.join(", ", channels)))
                + ".");
        printSecrets(now);
        return 0;
    }

    private void addEmails(ObjectNode patch, JsonNode now, Set<String> channels) {
        if (emails != null) {
            var all = new LinkedHashSet<String>();
            now.path("emails").forEach(each -> all.add(each.asText()));
            all.addAll(emails);
            all.forEach(patch.putArray("emails")::add);
            channels.add("email");
        }
    }

    private void addSlacks(ObjectNode patch, JsonNode now, Set<String> channels) {
        if (slacks == null) {
            return;
        }
        var list = patch.putArray("slack_channels");
        var named = new ArrayList<String>();
        for (var slack : slacks) {
            var split = slack.indexOf('=');
            if (split < 1) {
                throw new Failure("--slack is CHANNEL=URL, such as '#costs=https://hooks.slack.com/services/…'.", 2);
            }
            named.add(slack.substring(0, split));
            list.addObject().put("channel", named.getLast()).put("url", slack.substring(split + 1));
        }
        now.path("slack_channels").forEach(each -> {
            if (!named.contains(each.path("channel").asText())) {
                list.addObject().set("channel", each.path("channel"));
            }
        });
        channels.add("slack");
    }

    private void addWebhooks(ObjectNode patch, JsonNode now, Set<String> channels) {
        if (webhooks == null) {
            return;
        }
        ArrayNode list = patch.putArray("webhooks");
        now.path("webhooks").forEach(each -> list.addObject().set("id", each.path("id")));
        webhooks.forEach(url -> list.addObject().put("url", url));
        channels.add("webhook");
    }

    private static void printSecrets(JsonNode now) {
        for (var webhook : now.path("webhooks")) {
            var secret = webhook.path("secret").asText();
            if (!secret.endsWith("…")) {
                System.out.println("Signing secret of "
                        + Clean.line(webhook.path("url").asText()) + ", shown this once: " + Clean.line(secret));
            }
        }
    }
}
