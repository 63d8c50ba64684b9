package dev.centime.ingest.view.costs.question;

import dev.centime.eventstore.log.Subjects;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The names of users in place of the ids that views hold. Whoever was erased keeps his id. */
@ApplicationScoped
public class UserNames {
    private final Subjects subjects;

    UserNames(Subjects subjects) {
        this.subjects = subjects;
    }

    /** The keys of a dimension as they are shown, in the same order. */
    public Uni<List<@Nullable String>> of(AskedCosts asked, Dimension dimension, List<@Nullable String> keys) {
        var ids = keys.stream().filter(Objects::nonNull).toList();
        if (!dimension.name().equals("user") || ids.isEmpty()) {
            return Uni.createFrom().item(keys);
        }
        return subjects.namesOf(asked.organization().id(), ids).map(names -> {
            var shown = new ArrayList<@Nullable String>(keys.size());
            keys.forEach(key -> shown.add(key == null ? null : names.getOrDefault(key, key)));
            return shown;
        });
    }
}
