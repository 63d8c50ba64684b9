package dev.centime.budget.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.centime.budget.AlertSettings;
import dev.centime.budget.AlertSettings.Signing;
import dev.centime.budget.AlertSettings.Slack;
import dev.centime.budget.AlertSettings.Webhook;
import dev.centime.budget.Severity;
import dev.centime.budget.delivery.Destinations.Person;
import dev.centime.contracts.AlertRaised;
import dev.centime.contracts.BudgetDefinition.Channel;
import dev.centime.contracts.BudgetDefinition.Contacts;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DestinationsTest {
    private static final AlertSettings SETTINGS = new AlertSettings(
            true,
            List.of(Channel.CONSOLE, Channel.EMAIL),
            Severity.INFO,
            60,
            List.of("finance"),
            List.of(new Slack("#costs", "https://hooks.slack.com/…", "x")),
            List.of(new Webhook("w", "https://pager.example.com/…", "y", List.of(new Signing("z", null)))),
            false);

    @Test
    void anAlertThatNamesNoChannelsGoesByThoseOfTheSettings() {
        assertThat(keys(of(SETTINGS, Contacts.NONE, null, alert("warning"))))
                .containsExactly("console:", "email:finance");
    }

    @Test
    void oneThatNamesSomeGoesByThoseAlone() {
        assertThat(keys(of(SETTINGS, Contacts.NONE, null, alert("warning", "slack", "webhook", "pigeon"))))
                .containsExactly("slack:#costs", "webhook:w");
        assertThat(of(SETTINGS, Contacts.NONE, null, alertWithNone())).isEmpty();
    }

    @Test
    void theBudgetsContactsGoBeforeTheOrganizations() {
        var contacts = new Contacts(List.of("team"), List.of("#team"), List.of("hook"));
        assertThat(keys(of(SETTINGS, contacts, null, alert("warning", "email", "slack", "webhook"))))
                .containsExactly("email:team", "slack:#team", "webhook:hook");
    }

    @Test
    void thePersonWhomItConcernsIsTold_unlessHeDoesNotWantTo() {
        var ada = new Person("ada", true, Severity.WARNING);
        assertThat(keys(of(SETTINGS, Contacts.NONE, ada, alert("warning")))).containsExactly("console:", "email:ada");
        assertThat(of(SETTINGS, Contacts.NONE, ada, alert("info")).getLast().heldBack())
                .isNotNull();
        assertThat(of(SETTINGS, Contacts.NONE, new Person("ada", false, Severity.INFO), alert("critical"))
                        .getLast()
                        .heldBack())
                .isNotNull();
        var contacts = new Contacts(List.of("ada", "team"), List.of(), List.of());
        assertThat(keys(of(SETTINGS, contacts, ada, alert("warning", "email"))))
                .containsExactly("email:ada", "email:team");
    }

    @Test
    void aChannelWithNobodyToWriteToSaysSo() {
        var nowhere = AlertSettings.USUAL;
        assertThat(of(nowhere, Contacts.NONE, null, alert("warning", "email", "slack", "webhook")))
                .hasSize(3)
                .allSatisfy(each -> assertThat(each.heldBack()).isNotBlank());
        assertThat(of(nowhere, Contacts.NONE, new Person(null, true, Severity.INFO), alert("warning", "email")))
                .singleElement()
                .satisfies(each -> assertThat(each.heldBack()).contains("no address"));
    }

    private static List<Destination> of(AlertSettings settings, Contacts contacts, Person person, AlertRaised alert) {
        return new Destinations(settings, contacts, person).of(alert);
    }

    private static List<String> keys(List<Destination> destinations) {
        return destinations.stream()
                .filter(each -> each.heldBack() == null)
                .map(each -> each.channel().text() + ":" + each.key())
                .toList();
    }

    private static AlertRaised alert(String severity, String... channels) {
        var details = JsonNodeFactory.instance.objectNode();
        for (var channel : channels) {
            details.withArray("channels").add(channel);
        }
        return new AlertRaised("a", "k", severity, "t", "m", "e/1", null, details, Instant.EPOCH);
    }

    private static AlertRaised alertWithNone() {
        var details = JsonNodeFactory.instance.objectNode();
        details.putArray("channels");
        return new AlertRaised("a", "k", "info", "t", "m", "e/1", null, details, Instant.EPOCH);
    }
}
