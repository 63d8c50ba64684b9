package dev.centime.budget.reaction;

import dev.centime.budget.AlertSettings;
import dev.centime.budget.CurrentAlertSettings;
import dev.centime.budget.MailAddresses;
import dev.centime.budget.Severity;
import dev.centime.budget.delivery.Destinations;
import dev.centime.budget.delivery.Destinations.Person;
import dev.centime.budget.delivery.Queue;
import dev.centime.budget.delivery.Queued.Message;
import dev.centime.contracts.AlertRaised;
import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.BudgetDefinition.Contacts;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.eventstore.projection.Reaction;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every alert, of whichever service, becomes a message to each place where it is to go. Sending is another's work: here it is only
 * written down, which a page that comes again does not do again.
 */
@ApplicationScoped
public class WhenAlertRaisedThenQueueMessages implements Reaction {
    private static final String BUDGET = "budget/";
    private static final String THRESHOLD = "budget-threshold";
    /** Somebody waits for the answer to each of these. */
    private static final String INCREASE = "budget-increase-request";

    private final Pool pool;
    private final CurrentAlertSettings current;
    private final MailAddresses addresses;
    private final Queue queue;

    public WhenAlertRaisedThenQueueMessages(
            @ReactiveDataSource("runner") Pool pool,
            CurrentAlertSettings current,
            MailAddresses addresses,
            Queue queue) {
        this.pool = pool;
        this.current = current;
        this.addresses = addresses;
        this.queue = queue;
    }

    @Override
    public String name() {
        return "queue-alert-messages";
    }

    @Override
    public Set<Class<?>> reads() {
        return Set.of(AlertRaised.class);
    }

    /** Nobody wants to be told today of what was reached before there were messages. */
    @Override
    public boolean readsHistory() {
        return false;
    }

    @Override
    public Uni<Void> react(List<Event> page) {
        // Many alerts come together where many sessions or persons do; what goes for all of them is read once.
        var settings = new HashMap<String, Uni<AlertSettings>>();
        page.forEach(event -> settings.computeIfAbsent(event.stored().organization(), this::settings));
        return Multi.createFrom()
                .iterable(page)
                .onItem()
                .transformToUniAndConcatenate(event -> queue(
                        event.stored(),
                        (AlertRaised) event.payload(),
                        Objects.requireNonNull(settings.get(event.stored().organization()))))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<AlertSettings> settings(String organization) {
        return current.of(organization)
                .map(CurrentAlertSettings.Read::settings)
                .memoize()
                .indefinitely();
    }

    private Uni<Void> queue(StoredEvent stored, AlertRaised alert, Uni<AlertSettings> standing) {
        var organization = stored.organization();
        return standing.chain(settings -> {
            if (!settings.enabled() || Severity.of(alert).compareTo(settings.minimumSeverity()) < 0) {
                queue.silent();
                return Uni.createFrom().voidItem();
            }
            return Uni.combine()
                    .all()
                    .unis(budget(stored, alert), person(organization, alert.subject()))
                    .asTuple()
                    .chain(found -> queue.add(messages(
                            stored,
                            alert,
                            settings,
                            found.getItem1(),
                            found.getItem2().orElse(null))));
        });
    }

    private Uni<Optional<BudgetDefinition>> budget(StoredEvent stored, AlertRaised alert) {
        return alert.entity().startsWith(BUDGET)
                ? SelectDefinition.execute(
                        pool,
                        stored.partition(),
                        stored.organization(),
                        alert.entity().substring(BUDGET.length()))
                : Uni.createFrom().item(Optional.empty());
    }

    private Uni<Optional<Person>> person(String organization, @Nullable String subject) {
        if (subject == null) {
            return Uni.createFrom().item(Optional.empty());
        }
        return current.of(organization, subject).chain(read -> {
            var preferences = read.preferences();
            var id = preferences.email() == null ? subject : preferences.email();
            return addresses
                    .byId(organization, Set.of(id))
                    .map(byId -> Optional.of(new Person(
                            byId.containsKey(id) ? id : null, preferences.enabled(), preferences.minimumSeverity())));
        });
    }

    private static List<Message> messages(
            StoredEvent stored,
            AlertRaised alert,
            AlertSettings settings,
            Optional<BudgetDefinition> budget,
            @Nullable Person person) {
        var contacts = budget.map(BudgetDefinition::alertContacts).orElse(Contacts.NONE);
        return new Destinations(settings, contacts, person)
                .of(alert).stream()
                        .map(destination -> new Message(
                                stored.partition(),
                                stored.organization(),
                                alert,
                                destination,
                                alert.kind() + " " + alert.entity(),
                                rank(alert),
                                cooldown(alert, settings, budget)))
                        .toList();
    }

    private static Duration cooldown(AlertRaised alert, AlertSettings settings, Optional<BudgetDefinition> budget) {
        return switch (alert.kind()) {
            case THRESHOLD ->
                Duration.ofMinutes(budget.map(BudgetDefinition::cooldownMinutes).orElse(settings.cooldownMinutes()));
            case INCREASE -> Duration.ZERO;
            default -> Duration.ofMinutes(settings.cooldownMinutes());
        };
    }

    /** How bad it is: a threshold by its percentage, so that the next one is told of although the one before was just now. */
    private static BigDecimal rank(AlertRaised alert) {
        var percent = alert.details() == null
                ? ""
                : alert.details().path("threshold_percent").asText();
        try {
            return alert.kind().equals(THRESHOLD)
                    ? new BigDecimal(percent)
                    : BigDecimal.valueOf(Severity.of(alert).ordinal());
        } catch (NumberFormatException e) {
            // Some other service's idea of a threshold: it is told of all the same.
            return BigDecimal.valueOf(Severity.of(alert).ordinal());
        }
    }
}
