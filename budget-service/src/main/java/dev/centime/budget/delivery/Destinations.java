package dev.centime.budget.delivery;

import dev.centime.budget.AlertSettings;
import dev.centime.budget.Severity;
import dev.centime.contracts.AlertRaised;
import dev.centime.contracts.BudgetDefinition.Channel;
import dev.centime.contracts.BudgetDefinition.Contacts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the messages of an alert go: to the contacts of its budget, else to those of the organization, and to the person whom it
 * concerns.
 */
public final class Destinations {
    private final AlertSettings settings;
    private final Contacts contacts;
    private final @Nullable Person person;

    /**
     * @param contacts of the alert's budget; empty where it has none
     * @param person whom the alert concerns; null when it is nobody
     */
    public Destinations(AlertSettings settings, Contacts contacts, @Nullable Person person) {
        this.settings = settings;
        this.contacts = contacts;
        this.person = person;
    }

    /**
     * Whom an alert concerns.
     *
     * @param addressId id that stands for his address; null when none is known
     * @param minimumSeverity below which he does not want to be told
     */
    public record Person(@Nullable String addressId, boolean enabled, Severity minimumSeverity) {}

    /** One for each message, and one that says why for each channel without any. */
    public List<Destination> of(AlertRaised alert) {
        return channels(alert).flatMap(channel -> on(channel, alert)).toList();
    }

    /** An alert that names its channels goes to those alone. A name that is not known here is none. */
    private Stream<Channel> channels(AlertRaised alert) {
        var named = alert.details() == null ? null : alert.details().get("channels");
        if (named == null || !named.isArray()) {
            return settings.channels().stream();
        }
        var texts = new LinkedHashSet<String>();
        named.forEach(each -> texts.add(each.asText()));
        return Arrays.stream(Channel.values()).filter(channel -> texts.contains(channel.text()));
    }

    private Stream<Destination> on(Channel channel, AlertRaised alert) {
        return switch (channel) {
            case CONSOLE -> Stream.of(Destination.to(channel, "", "the service's log"));
            case EMAIL -> mail(alert);
            case SLACK -> slack();
            case WEBHOOK -> webhooks();
        };
    }

    private Stream<Destination> mail(AlertRaised alert) {
        var found = new ArrayList<Destination>();
        var ids = new LinkedHashSet<>(
                contacts.emails().isEmpty() && person == null ? settings.emails() : contacts.emails());
        ids.forEach(id -> found.add(Destination.to(Channel.EMAIL, id, null)));
        if (person != null && (person.addressId() == null || !ids.contains(person.addressId()))) {
            found.add(toPerson(person, alert));
        }
        return found.isEmpty()
                ? Stream.of(
                        Destination.none(Channel.EMAIL, "neither the budget nor the alert settings name an address"))
                : found.stream();
    }

    private static Destination toPerson(Person person, AlertRaised alert) {
        if (person.addressId() == null) {
            return Destination.none(Channel.EMAIL, "no address is known of the person whom it concerns");
        }
        var unwanted = !person.enabled() || Severity.of(alert).compareTo(person.minimumSeverity()) < 0;
        return new Destination(
                Channel.EMAIL, person.addressId(), null, unwanted ? "the person does not want to be told" : null);
    }

    private Stream<Destination> slack() {
        var channels = contacts.slackChannels().isEmpty()
                ? settings.slackChannels().stream()
                        .map(AlertSettings.Slack::channel)
                        .toList()
                : contacts.slackChannels();
        return channels.isEmpty()
                ? Stream.of(Destination.none(Channel.SLACK, "the alert settings have no Slack channel"))
                : channels.stream().distinct().map(channel -> Destination.to(Channel.SLACK, channel, channel));
    }

    private Stream<Destination> webhooks() {
        if (!contacts.webhooks().isEmpty()) {
            return contacts.webhooks().stream().distinct().map(id -> Destination.to(Channel.WEBHOOK, id, null));
        }
        return settings.webhooks().isEmpty()
                ? Stream.of(Destination.none(Channel.WEBHOOK, "the alert settings have no webhook"))
                : settings.webhooks().stream()
                        .map(webhook -> Destination.to(Channel.WEBHOOK, webhook.id(), webhook.shown()));
    }
}
