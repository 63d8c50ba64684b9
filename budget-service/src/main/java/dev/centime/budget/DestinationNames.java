package dev.centime.budget;

import dev.centime.budget.MessageSent.Unnamed;
import dev.centime.eventstore.log.Subjects;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts what may be shown of a destination for the id that stands for it. What was erased is not shown. */
@ApplicationScoped
public class DestinationNames {
    private static final String WEBHOOK = "webhook:";

    private final Subjects subjects;

    DestinationNames(Subjects subjects) {
        this.subjects = subjects;
    }

    /** Messages in the same order. Ids are unique over organizations, names are known in their own alone. */
    public Uni<List<MessageSent>> of(Collection<Unnamed> rows) {
        var ids = new HashMap<String, Set<String>>();
        for (var row : rows) {
            if (row.nameId() != null) {
                ids.computeIfAbsent(row.message().organizationId(), any -> new HashSet<>())
                        .add(row.nameId());
            }
        }
        Map<String, String> names = new HashMap<>();
        var done = Uni.createFrom().voidItem();
        for (var own : ids.entrySet()) {
            done = done.chain(() -> subjects.namesOf(own.getKey(), own.getValue()))
                    .invoke(names::putAll)
                    .replaceWithVoid();
        }
        return done.map(all -> rows.stream()
                .map(row -> row.nameId() == null ? row.message() : row.message().to(shown(names.get(row.nameId()))))
                .toList());
    }

    private static @Nullable String shown(@Nullable String name) {
        if (name == null) {
            return null;
        }
        return name.startsWith(WEBHOOK)
                ? WebAddress.shown(name.substring(WEBHOOK.length()))
                : MailAddresses.inName(name).orElse(name);
    }
}
