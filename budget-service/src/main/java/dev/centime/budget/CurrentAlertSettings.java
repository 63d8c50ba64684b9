package dev.centime.budget;

import dev.centime.budget.event.AlertSettingsSet;
import dev.centime.budget.event.NotificationPreferencesSet;
import dev.centime.eventstore.log.Criterion;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.log.Tag;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Where alerts go, as the log has it at this moment: for an organization, and for a person. */
@ApplicationScoped
public class CurrentAlertSettings {
    /** On what is set for the organization. */
    public static final Tag SETTINGS = new Tag("alert-settings", "all");

    private final EventLog log;
    private final EventTypes types;

    public CurrentAlertSettings(EventLog log, EventTypes types) {
        this.log = log;
        this.types = types;
    }

    /** @param revision 0 when nobody has set them. @param head up to which the log was read */
    public record Read(int revision, AlertSettings settings, Position head) {}

    /** @param head up to which the log was read */
    public record ReadPreferences(NotificationPreferencesSet preferences, Position head) {}

    public static Criterion criterion(Tag tag) {
        return new Criterion(Set.of(tag), Set.of());
    }

    /** On what a person has set for himself. */
    public static Tag preferences(String subject) {
        return new Tag("notification-preferences", subject);
    }

    public Uni<Read> of(String organization) {
        return log.source(organization, Set.of(criterion(SETTINGS)), 0).map(sourced -> {
            var read = new Read(0, AlertSettings.USUAL, sourced.head());
            for (var stored : sourced.events()) {
                if (types.decode(stored).orElse(null) instanceof AlertSettingsSet set) {
                    read = new Read(set.revision(), set.settings(), sourced.head());
                }
            }
            return read;
        });
    }

    /** The ids of all addresses that somebody ever set, newest or not. @param subject who, as id */
    public Uni<Set<String>> addressesOf(String organization, String subject) {
        return log.source(organization, Set.of(criterion(preferences(subject))), 0)
                .map(sourced -> sourced.events().stream()
                        .map(stored -> types.decode(stored).orElse(null))
                        .filter(NotificationPreferencesSet.class::isInstance)
                        .map(set -> ((NotificationPreferencesSet) set).email())
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet()));
    }

    /** @param subject who, as id */
    public Uni<ReadPreferences> of(String organization, String subject) {
        return log.source(organization, Set.of(criterion(preferences(subject))), 0)
                .map(sourced -> {
                    var newest = NotificationPreferencesSet.usual(subject);
                    for (var stored : sourced.events()) {
                        if (types.decode(stored).orElse(null) instanceof NotificationPreferencesSet set) {
                            newest = set;
                        }
                    }
                    return new ReadPreferences(newest, sourced.head());
                });
    }
}
