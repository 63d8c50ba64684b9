package dev.centime.budget;

import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.BudgetDefinition.Contacts;
import dev.centime.contracts.Scope;
import dev.centime.eventstore.log.Subjects;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The seam between names and ids. The log and the views hold ids for users, for addresses of mail and for webhooks, whose
 * addresses may hold secrets; people read and write names. An id whose name was erased stays visible as the id.
 */
@ApplicationScoped
public class Names {
    private static final String USER = "user";
    private static final String MAIL = "mailto:";
    private static final String WEBHOOK = "webhook:";

    private final Subjects subjects;

    public Names(Subjects subjects) {
        this.subjects = subjects;
    }

    /** @param kept ids that stand in the definition as themselves, since they have no name any more */
    public Uni<BudgetDefinition> toIds(String organization, BudgetDefinition named, Set<String> kept) {
        var names = all(named, name -> MAIL + name, name -> WEBHOOK + name);
        names.removeAll(kept);
        return names.isEmpty()
                ? Uni.createFrom().item(named)
                : subjects.idsOf(organization, names).map(ids -> named(named, ids, true));
    }

    /** Definitions in the same order, with names for ids. */
    public Uni<List<BudgetDefinition>> toNames(String organization, List<BudgetDefinition> definitions) {
        Set<String> ids = definitions.stream()
                .flatMap(definition -> idsIn(definition).stream())
                .collect(Collectors.toSet());
        return ids.isEmpty()
                ? Uni.createFrom().item(definitions)
                : subjects.namesOf(organization, ids).map(names -> definitions.stream()
                        .map(definition -> named(definition, names, false))
                        .toList());
    }

    /** The address that an id of a webhook stands for; null when it was erased, or the id stands for something else. */
    public Uni<@Nullable String> webhook(String organization, String id) {
        return subjects.namesOf(organization, Set.of(id)).map(names -> {
            var name = names.get(id);
            return name != null && name.startsWith(WEBHOOK) ? name.substring(WEBHOOK.length()) : null;
        });
    }

    /** Every id in a definition. */
    public static Set<String> idsIn(BudgetDefinition definition) {
        return all(definition, UnaryOperator.identity(), UnaryOperator.identity());
    }

    private static Set<String> all(
            BudgetDefinition definition, UnaryOperator<String> mail, UnaryOperator<String> webhook) {
        var found = new HashSet<>(definition.scope().filters().getOrDefault(USER, List.of()));
        definition.alertContacts().emails().stream().map(mail).forEach(found::add);
        definition.alertContacts().webhooks().stream().map(webhook).forEach(found::add);
        return found;
    }

    private static BudgetDefinition named(BudgetDefinition definition, Map<String, String> others, boolean toIds) {
        var filters = new TreeMap<>(definition.scope().filters());
        filters.computeIfPresent(USER, (dimension, users) -> users.stream()
                .map(user -> others.getOrDefault(user, user))
                .toList());
        var contacts = definition.alertContacts();
        return definition.with(
                new Scope(filters),
                new Contacts(
                        addresses(contacts.emails(), MAIL, others, toIds),
                        contacts.slackChannels(),
                        addresses(contacts.webhooks(), WEBHOOK, others, toIds)));
    }

    /** An address that was erased can no more be written to: it is left out. */
    private static List<String> addresses(
            Collection<String> values, String prefix, Map<String, String> others, boolean toIds) {
        return toIds
                ? values.stream()
                        .map(value -> others.getOrDefault(prefix + value, value))
                        .toList()
                : values.stream()
                        .filter(others::containsKey)
                        .map(value -> others.getOrDefault(value, prefix).substring(prefix.length()))
                        .toList();
    }
}
