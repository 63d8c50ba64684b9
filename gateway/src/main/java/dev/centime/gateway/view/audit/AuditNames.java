package dev.centime.gateway.view.audit;

import dev.centime.eventstore.log.About;
import dev.centime.eventstore.log.Subjects;
import dev.centime.gateway.door.Access;
import dev.centime.gateway.door.ApiKey;
import dev.centime.gateway.view.audit.AuditEntry.Actor;
import dev.centime.gateway.view.audit.AuditEntry.Change;
import dev.centime.gateway.view.audit.AuditEntry.From;
import dev.centime.gateway.view.audit.AuditResource.Found;
import dev.centime.kit.Caller;
import dev.centime.kit.Provenance;
import dev.centime.kit.Role;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts names to the ids of persons, keys and addresses, as far as they are known still. */
@ApplicationScoped
class AuditNames {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final String MAIL = "mailto:";

    private final Subjects subjects;
    private final Access access;

    AuditNames(Subjects subjects, Access access) {
        this.subjects = subjects;
        this.access = access;
    }

    /** An event with what it changed. */
    private record Story(
            Found found, List<Change> changes, @Nullable ApiKey key) {}

    Uni<List<AuditEntry>> entries(Caller caller, List<Found> found) {
        var stories = new ArrayList<Story>();
        Map<String, Set<String>> ids = new HashMap<>();
        for (var one : found) {
            var audited = one.audited();
            var changes = Changes.between(audited.before(), audited.payload());
            var key = access.byId(audited.said(Provenance.ACTOR)).orElse(null);
            stories.add(new Story(one, changes, key));
            ids.computeIfAbsent(one.log().organization(), any -> new HashSet<>())
                    .add(audited.said(Provenance.FROM));
            var own = ids.computeIfAbsent(caller.organization(), any -> new HashSet<>());
            own.addAll(Changes.texts(changes));
            PersonEntity.of(audited.said(About.ENTITY)).ifPresent(entity -> own.add(entity.person()));
            if (key != null && key.subject() != null) {
                ids.computeIfAbsent(key.organization(), any -> new HashSet<>()).add(key.subject());
            }
        }
        return names(ids).map(names -> stories.stream()
                .map(story -> entry(caller, story, names))
                .toList());
    }

    /** By organization and id. */
    private Uni<Map<String, Map<String, String>>> names(Map<String, Set<String>> ids) {
        Map<String, Map<String, String>> names = new HashMap<>();
        var all = Uni.createFrom().voidItem();
        for (var own : ids.entrySet()) {
            var wanted = own.getValue().stream()
                    .filter(text -> ID.matcher(text).matches())
                    .toList();
            all = all.chain(() -> subjects.namesOf(own.getKey(), wanted))
                    .invoke(found -> names.put(own.getKey(), found))
                    .replaceWithVoid();
        }
        return all.replaceWith(names);
    }

    private static AuditEntry entry(Caller caller, Story story, Map<String, Map<String, String>> names) {
        var audited = story.found.audited();
        var own = names.getOrDefault(caller.organization(), Map.of());
        return new AuditEntry(
                audited.id(),
                audited.recordedAt(),
                caller.organization(),
                entity(audited.said(About.ENTITY), own),
                audited.type(),
                actor(audited.said(Provenance.ACTOR), story.key, names),
                from(caller, story.found, names),
                Changes.with(story.changes, text -> name(text, own)));
    }

    private static Actor actor(String id, @Nullable ApiKey key, Map<String, Map<String, String>> names) {
        if (key == null) {
            return new Actor(id, null, null);
        }
        var persons = names.getOrDefault(key.organization(), Map.of());
        return new Actor(id, key.name(), key.subject() == null ? null : persons.get(key.subject()));
    }

    /** What a platform admin does for everybody he does from an address that is not everybody's to know. */
    private static @Nullable From from(Caller caller, Found found, Map<String, Map<String, String>> names) {
        var audited = found.audited();
        var request = audited.metadata().get(Provenance.REQUEST);
        var client = audited.metadata().get(Provenance.FROM);
        var isAnybodys = found.log().concerning() != null
                && audited.said(About.CONCERNING).isEmpty();
        if (request == null && client == null || isAnybodys && caller.role() != Role.PLATFORM_ADMIN) {
            return null;
        }
        var name = names.getOrDefault(found.log().organization(), Map.of()).get(client == null ? "" : client);
        if (name == null) {
            return new From(null, null, request);
        }
        var origin = Provenance.origin(name);
        return new From(origin.address(), origin.userAgent(), request);
    }

    private static String entity(String entity, Map<String, String> names) {
        return PersonEntity.of(entity)
                .filter(person -> names.containsKey(person.person()))
                .map(person -> person.as(Objects.requireNonNull(names.get(person.person()))))
                .orElse(entity);
    }

    /** A person or a mail address. Addresses of webhooks, which may hold secrets, stay ids. */
    private static String name(String text, Map<String, String> names) {
        var name = names.get(text);
        if (name == null || name.startsWith("webhook:")) {
            return text;
        }
        return name.startsWith(MAIL) ? name.substring(MAIL.length()) : name;
    }
}
