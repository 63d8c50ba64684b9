package dev.centime.budget;

import dev.centime.eventstore.log.Subjects;
import dev.centime.kit.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whose rows a caller may see, where rows say whom they concern. */
@ApplicationScoped
public class OwnSubject {
    /** No subject has it. */
    private static final String NOBODY = "";

    private final Subjects subjects;

    OwnSubject(Subjects subjects) {
        this.subjects = subjects;
    }

    /** The id of a user; of nobody when he has none; null for whoever may see all. */
    public Uni<@Nullable String> of(Caller caller) {
        var user = caller.user();
        if (!caller.ownOnly()) {
            return Uni.createFrom().nullItem();
        }
        return user == null
                ? Uni.createFrom().item(NOBODY)
                : subjects.knownIdsOf(caller.organization(), List.of(user)).map(ids -> ids.getOrDefault(user, NOBODY));
    }
}
